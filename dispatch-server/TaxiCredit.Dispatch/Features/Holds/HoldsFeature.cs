using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Holds;

/// <param name="Display">Id of the only display that is held; null for the whole city.</param>
/// <param name="Evidence">What is missing or differs.</param>
internal sealed record HoldView(
    long Id, HoldCause Cause, int? Display, string Evidence, DateTimeOffset Since, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason)
{
    public static HoldView Of(PublishingHold hold) => new(
        hold.Id, hold.Cause, hold.DisplayId, hold.Evidence, hold.Since, hold.DecidedAt, hold.DecidedBy, hold.Reason);
}

internal static class HoldsFeature
{
    private const int MaxListed = 200;

    public static void MapHolds(this RouteGroupBuilder api)
    {
        var holds = api.MapGroup("/holds").WithTags("Holds");
        holds.MapGet("", async (DispatchContext db, CancellationToken stop) =>
                (await db.PublishingHolds.AsNoTracking().OrderByDescending(h => h.Id).Take(MaxListed).ToListAsync(stop)).ConvertAll(HoldView.Of))
            .WithSummary("Why publishing is or was held, newest first").Reads(Permission.ReadDisplays);
        holds.MapPost("/{id:long}/decision", async (long id, DecideHold command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await DecideHold.HandleAsync(id, command with { Actor = actor }, context, stop)).ToHttp(hold => Results.Ok(HoldView.Of(hold))))
            .WithSummary("Continue from here, with a reason on record").Produces<HoldView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.DecideHold);
    }
}
