using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <param name="Rev">The display's state has it as <c>cmdRev</c> once the command is taken.</param>
/// <param name="Expires">Unix seconds.</param>
internal sealed record CommandView(long Rev, long Expires);

/// <summary>Sends an online display a command, once.</summary>
/// <param name="Do"><c>selftest</c>, <c>identify</c> or <c>reboot</c>.</param>
/// <param name="ExpiresIn">Seconds, 1 to 3,600; the display does not carry it out later.</param>
internal sealed record CommandDisplay(Acting Actor, string Do, int ExpiresIn = 60)
{
    private static readonly OperationRule Rule = new("command-display", Permission.CommandDisplay);

    public static async Task<Outcome<CommandView>> HandleAsync(
        string displayCode, CommandDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        var saved = await context.RunAsync<GivenCommand>(
            Rule, command.Actor, null, command.Check, _ => SaveAsync(displayCode, command, context, displays, stop), stop);
        if (saved.Refusal is not null)
            return saved.Refusal;

        var given = saved.Value;
        try
        {
            await displays.Link.PublishAsync(Topics.Of(displayCode, Topics.Command), given.Payload, retain: false, stop);
        }
        catch (BrokerGoneException)
        {
            return BrokerGone(displayCode);
        }
        return new CommandView(given.Rev, given.Expires);
    }

    private Refusal? Check() => this switch
    {
        { Do: not ("selftest" or "identify" or "reboot") } =>
            Refusal.Malformed("command-unknown", $"'{Do}' is no command; there are selftest, identify and reboot."),
        { ExpiresIn: < 1 or > 3_600 } => Refusal.Malformed("expiry-out-of-range", $"expiresIn is {ExpiresIn}; 1 to 3600 s."),
        _ => null,
    };

    private static Refusal BrokerGone(string displayCode) => Refusal.Conflict(
        "broker-gone", $"There is no connection to the broker; the command did not reach display '{displayCode}'. Give it again later.");

    private static async Task<Outcome<Done<GivenCommand>>> SaveAsync(
        string displayCode, CommandDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        if (!displays.Registry.TryFind(displayCode, out var display))
            return DisplayRules.Absent(displayCode, displays.Registry);
        var holds = await PublishingHolds.ReadAsync(context.Db, stop);
        if (holds.OfCity is not null || holds.Of(display.Id))
            return Refusal.Conflict("display-held", $"Publishing to display '{displayCode}' is held; decide at /bureau/holds, or see GET /api/v1/holds.");
        if (!displays.Link.Link.IsUp)
            return BrokerGone(displayCode);
        // By a clock that has leapt every display is silent.
        if (!displays.Clock.TryRead(out var instant))
        {
            return Refusal.Conflict(
                "clock-leapt", "The clock of this server has leapt; nothing is signed until it is right or has settled. Give the command again later.");
        }
        if (!displays.Board.TryFind(display.Id, out var twin) || !displays.Standings.Of(twin).IsOnline)
            return Refusal.Conflict("display-offline", $"Display '{displayCode}' is offline, and a command is not kept for later.");
        var now = instant.ToUnixTimeSeconds();
        var last = await context.Db.GivenCommands.AsNoTracking().SingleOrDefaultAsync(c => c.DisplayId == display.Id, stop);
        var reported = DesiredMessage.Credible(displays.Board.ReportedOf(display.Id).CommandRev, now);
        var rev = DesiredMessage.NextRev(last?.Rev ?? 0, reported, now);
        var json = DownMessages.Command(display.Code, rev, now, command.Do, now + command.ExpiresIn);
        var given = new GivenCommand
        {
            DisplayId = display.Id,
            Rev = rev,
            Now = now,
            SignedEpoch = display.Keys.Epoch,
            Payload = Envelope.Sign(json, display.Keys.Down),
            Do = command.Do,
            Expires = now + command.ExpiresIn,
        };
        context.Db.Entry(given).State = last is null ? EntityState.Added : EntityState.Modified;
        return Done.With(given, display.Code, command.Do);
    }
}
