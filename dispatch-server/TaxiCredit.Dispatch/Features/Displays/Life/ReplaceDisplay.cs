using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>
/// Puts another unit into the place of one that is broken or gone: the cab keeps its windscreen, the old identity is dead, the new one gets a key.
/// </summary>
/// <param name="Id">Id of the unit that comes: a new one, or one in stock.</param>
/// <param name="To">What becomes of the unit that goes: <c>stock</c>, <c>revoked</c> or <c>scrapped</c>.</param>
/// <param name="Reason">3 to 200 characters.</param>
internal sealed record ReplaceDisplay(Acting Actor, string? Id, string? To, string? Reason)
{
    private static readonly OperationRule Rule = new("replace-display", Permission.ProvisionDisplay);

    public static Task<Outcome<UnitConfig>> HandleAsync(
        string code, ReplaceDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        context.RunAsync<UnitConfig>(
            Rule, command.Actor, null,
            () => ProvisionDisplay.FindFault(command.Id) ?? TakeOutDisplay.FindFault(command.To, command.Reason) ?? displays.FindUnreachable(),
            _ => ReplaceAsync(code, command, context, displays, stop), stop);

    private static async Task<Outcome<Done<UnitConfig>>> ReplaceAsync(
        string code, ReplaceDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        if (await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == code, stop) is not { } old)
            return DisplayRules.Unknown(code);
        if (old.Rest is not null)
            return DisplayRules.NotInCab(old);
        if (command.Id == code)
            return Refusal.Conflict("display-taken", $"Display '{code}' cannot replace itself; give it another key, or choose another id.");
        var (to, reason) = (DisplayRests.Find(command.To)!.Value, command.Reason!.Trim());
        if (await TakeOutDisplay.TakeAsync(old, to, reason, command.Actor.Name, context, stop) is { } refused)
            return refused;
        // Before the other comes: a cab has one place.
        await context.Db.SaveChangesAsync(stop);
        var cab = await context.Db.Cabs.AsNoTracking().SingleAsync(c => c.Id == old.CabId, stop);
        var issued = await UnitIssue.IntoCabAsync(command.Id!, cab, context, displays, stop);
        if (issued.Refusal is not null)
            return issued.Refusal;
        var (display, config) = issued.Value;
        return Done.With(
            config, display.Code, $"{cab.Code} instead of {code}, {to.Word}: {reason}", new DisplayChanged(old), new DisplayChanged(display));
    }
}
