using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Readiness;

internal static class ReadinessFeature
{
    public static void MapReadiness(this RouteGroupBuilder api) => api
        .MapGet("/months/{period}/readiness", async (
            string period, RevisionsDue due, DisplayStandings windscreens, OperationContext context, CancellationToken stop) =>
        {
            var month = Periods.Read(period);
            return month.Refusal is { } unread
                ? unread.ToProblem()
                : Results.Ok(await MonthReadiness.OfAsync(month.Value, await due.FindAsync(context, stop), windscreens.All, context, stop));
        })
        .WithSummary("What still waits when the month is to be signed, and what becomes of it if the month is closed all the same")
        .WithDescription("It blocks nothing. A count is null where it cannot be told: how long shifts were, while the bureau's date is set by hand.")
        .WithTags("Months").Produces<MonthReadiness>().ProducesProblem(403).ProducesProblem(404).Reads(Permission.ReadMonths);
}
