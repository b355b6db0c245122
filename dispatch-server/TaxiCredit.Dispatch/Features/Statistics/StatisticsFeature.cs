using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace TaxiCredit.Dispatch.Features.Statistics;

/// <summary>Figures of the city that anybody may see.</summary>
internal static class StatisticsFeature
{
    public static void MapPublicMonths(this RouteGroupBuilder api)
    {
        var months = api.MapGroup("/months").WithTags("Months");
        months.MapGet("", async (DispatchContext db, CancellationToken stop) =>
                await db.Closes.AsNoTracking().Select(c => c.Period).Distinct().OrderByDescending(p => p).ToListAsync(stop))
            .WithSummary("Months that have been closed or previewed, newest first");
        months.MapGet("/{period}", async (string period, DispatchContext db, DisplayStandings windscreens, ChainVerification chain, CancellationToken stop) =>
                (await MonthView.OfAsync(period, db, windscreens, chain, stop)).ToHttp(Results.Ok))
            .WithSummary("A month: ratings, what the windscreens show, complaints, the ledger's chain").Produces<MonthView>().ProducesProblem(404);
    }
}
