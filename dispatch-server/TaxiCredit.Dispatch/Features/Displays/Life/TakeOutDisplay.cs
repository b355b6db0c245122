using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>
/// Takes a unit out of its cab, to stock, as revoked or as scrapped, or says something else of one that is in no cab. Its identity is dead from the commit on,
/// also on a connection that is open. Its history stays.
/// </summary>
/// <param name="To"><c>stock</c>, <c>revoked</c> or <c>scrapped</c>.</param>
/// <param name="Reason">3 to 200 characters.</param>
internal sealed record TakeOutDisplay(Acting Actor, string? To, string? Reason)
{
    private const int ShortestReason = 3;
    private const int LongestReason = 200;

    private static readonly OperationRule Rule = new("take-out-display", Permission.ProvisionDisplay);

    public static Task<Outcome<UnitLine>> HandleAsync(string code, TakeOutDisplay command, OperationContext context, CancellationToken stop)
    {
        return context.RunAsync<UnitLine>(Rule, command.Actor, null, () => FindFault(command.To, command.Reason), _ => DecideAsync(), stop);

        async Task<Outcome<Done<UnitLine>>> DecideAsync()
        {
            if (await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == code, stop) is not { } display)
                return DisplayRules.Unknown(code);
            var (to, reason) = (DisplayRests.Find(command.To)!.Value, command.Reason!.Trim());
            if (await TakeAsync(display, to, reason, command.Actor.Name, context, stop) is { } refused)
                return refused;
            await context.Db.SaveChangesAsync(stop);
            var line = await UnitLine.Query(context.Db, code).SingleAsync(stop);
            return Done.With(line, code, $"{line.Cab} {to.Word}: {reason}", new DisplayChanged(display));
        }
    }

    public static Refusal? FindFault(string? to, string? reason) =>
        DisplayRests.Find(to) is null
            ? Refusal.Malformed("rest-unknown", $"'{to}' is nowhere that a unit can go; there are stock, revoked and scrapped.")
            : (reason?.Trim().Length ?? 0) is < ShortestReason or > LongestReason
                ? Refusal.Malformed("unit-reason-length", $"Say why in {ShortestReason} to {LongestReason} characters; it stays on record.")
                : null;

    /// <summary>The change itself, under the lock; the caller saves.</summary>
    public static async Task<Refusal?> TakeAsync(
        Display display, DisplayRest to, string reason, string by, OperationContext context, CancellationToken stop)
    {
        var past = display.Rest is null ? PastPlacement.Of(display, context.Now, to.Word) : null;
        if (display.TakeOut(to, reason, context.Now) is { } refused)
            return refused;
        if (past is not null)
            context.Db.PastPlacements.Add(past);
        await UnitIssue.EndHoldsAsync(display, by, reason, context, stop);
        return null;
    }
}
