using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Displays.Wire;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <param name="Do"><c>selftest</c>, <c>identify</c> or <c>reboot</c>.</param>
/// <param name="ExpiresIn">Seconds, 1 to 3,600; the display does not carry it out later.</param>
internal sealed record CommandRequest(string Do, int ExpiresIn = 60);

/// <param name="Rev">The display's state has it as <c>cmdRev</c> once the command is taken.</param>
/// <param name="Expires">Unix seconds.</param>
internal sealed record CommandGiven(long Rev, long Expires);

/// <summary>Tells a display that is online to do something once.</summary>
internal sealed class GiveCommand(DispatchContext db, DisplayRegistry registry, TwinBoard board, ICabLink link, TimeProvider time)
{
    public async Task<Outcome<CommandGiven>> RunAsync(string displayCode, CommandRequest request, string actor, CancellationToken stop)
    {
        if (request.Do is not ("selftest" or "identify" or "reboot"))
            return Refusal.Malformed("command-unknown", $"'{request.Do}' is no command; there are selftest, identify and reboot.");
        if (request.ExpiresIn is < 1 or > 3_600)
            return Refusal.Malformed("expiry-out-of-range", $"expiresIn is {request.ExpiresIn}; 1 to 3600 s.");
        if (!registry.TryFind(displayCode, out var display))
            return DisplayRefusals.Unknown(displayCode);
        var reported = board.ReportedOf(display.Id);
        if (!reported.Online)
            return Refusal.Conflict("display-offline", $"Display '{displayCode}' is offline, and a command is not kept for later.");
        var command = await SaveAsync(display, reported, request, actor, stop);
        await link.PublishAsync(Topics.Of(display.Code, Topics.Command), command.Payload, retain: false, stop);
        return new CommandGiven(command.Rev, command.Expires);
    }

    private async Task<GivenCommand> SaveAsync(
        RegisteredDisplay display, ReportedTwin reported, CommandRequest request, string actor, CancellationToken stop)
    {
        var instant = time.GetUtcNow();
        var now = instant.ToUnixTimeSeconds();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var last = await db.GivenCommands.AsNoTracking().SingleOrDefaultAsync(c => c.DisplayId == display.Id, stop);
        var rev = DesiredMessage.NextRev(last?.Rev ?? 0, DesiredMessage.Credible(reported.CommandRev, now), now);
        var json = DownMessages.Command(display.Code, rev, now, request.Do, now + request.ExpiresIn);
        var command = new GivenCommand
        {
            DisplayId = display.Id,
            Rev = rev,
            Now = now,
            SignedEpoch = display.Keys.Epoch,
            Payload = Envelope.Sign(json, display.Keys.Down),
            Do = request.Do,
            Expires = now + request.ExpiresIn,
        };
        db.Entry(command).State = last is null ? EntityState.Added : EntityState.Modified;
        db.Audit.Add(new AuditEntry { At = instant, Actor = actor, Operation = "command-display", Subject = display.Code, Detail = request.Do });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return command;
    }
}
