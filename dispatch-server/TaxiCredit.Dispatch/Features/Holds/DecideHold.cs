using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Holds;

/// <summary>
/// A person continues from here although something is missing: publishing goes on, and what cabs hold is outbid. The other way, restoring a newer
/// backup, needs no operation.
/// </summary>
/// <param name="Reason">Why nothing newer can be restored, 10 to 500 characters. It stays on record.</param>
internal sealed record DecideHold(Acting Actor, string Reason)
{
    private static readonly OperationRule Rule = new("decide-hold", Permission.DecideHold);

    public static Task<Outcome<PublishingHold>> HandleAsync(long id, DecideHold command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<PublishingHold>(Rule, command.Actor, null, command.Check, _ => DecideAsync(id, command, context, stop), stop);

    private Refusal? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Trim().Length is < 10 or > 500
        ? Refusal.Malformed("hold-reason-length", "Say in 10 to 500 characters why publishing continues without what is missing; it stays on record.")
        : null;

    private static async Task<Outcome<Done<PublishingHold>>> DecideAsync(long id, DecideHold command, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.PublishingHolds.SingleOrDefaultAsync(h => h.Id == id, stop) is not { } hold)
            return Refusal.Missing("hold-unknown", $"There is no hold {id}; see GET /api/v1/holds.");
        if (hold.DecidedAt is not null)
            return Refusal.Conflict("hold-decided", $"'{hold.DecidedBy}' decided hold {id} at {hold.DecidedAt:O}.");
        if (hold.Cause == HoldCause.LogChanged)
        {
            return Refusal.AgainstRule(
                "hold-not-decidable",
                "History was changed: no decision makes that right. Stop the server, restore a backup that extends the last checkpoint.");
        }

        var reason = command.Reason.Trim();
        hold.Continue(command.Actor.Name, reason, context.Now);
        if (hold.DisplayId is null)
        {
            // They are the same loss: what cabs hold up to now was given by what is gone.
            var now = context.Now.ToUnixTimeSeconds();
            foreach (var cab in await context.Db.PublishingHolds.Where(h => h.DecidedAt == null && h.DisplayId != null && h.Revision <= now).ToListAsync(stop))
                cab.Continue(command.Actor.Name, reason, context.Now);
        }

        return Done.With(hold, $"{id}", $"{hold.Cause}: {reason}", new HoldDecided());
    }
}

/// <summary>A person continues from here: windscreens may be published to again.</summary>
internal sealed record HoldDecided : IFact;
