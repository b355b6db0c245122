using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;

namespace TaxiCredit.Dispatch.Features.Statistics;

/// <summary>An edition of a month's bulletin.</summary>
/// <param name="Reason">Why there is another edition; empty for the first.</param>
internal sealed record EditionView(string Period, int Edition, string Reason, DateTimeOffset PublishedAt);

/// <summary>Figures of the city that anybody may see.</summary>
internal static class StatisticsFeature
{
    public static void AddStatistics(this IServiceCollection services) => services.AddSingleton<MonthList>().AddSingleton<BulletinShelf>();

    public static void MapPublicMonths(this RouteGroupBuilder api)
    {
        var months = api.MapGroup("/months").WithTags("Months");
        months.MapGet("", async (DispatchContext db, CancellationToken stop) =>
                await db.Closes.AsNoTracking().Select(c => c.Period).Distinct().OrderByDescending(p => p).ToListAsync(stop))
            .WithSummary("Months that have been closed or previewed, newest first");
        months.MapGet("/{period}", async (string period, DispatchContext db, DisplayStandings windscreens, ChainVerification chain, CancellationToken stop) =>
                (await MonthView.OfAsync(period, db, windscreens, chain, stop)).ToHttp(Results.Ok))
            .WithSummary("A month: ratings, what the windscreens show, complaints, the ledger's chain").Produces<MonthView>().ProducesProblem(404);
        var statistics = api.MapGroup("/statistics").WithTags("Statistics");
        statistics.MapGet("", async (DispatchContext db, CancellationToken stop) =>
                await db.Closes.AsNoTracking().Where(c => c.Status == CloseStatus.Published).OrderByDescending(c => c.Period).ThenByDescending(c => c.Revision)
                    .Select(c => new EditionView(c.Period, c.Revision, c.Reason, c.PublishedAt!.Value)).ToListAsync(stop))
            .WithSummary("Every edition of every month's bulletin, newest first").Produces<List<EditionView>>();
        statistics.MapGet("/{period}", (
                string period, [FromQuery] int? edition, DispatchContext db, BulletinShelf shelf, CancellationToken stop) =>
                FileAsync(period, edition, BulletinJson.Write, "application/json", "json", db, shelf, stop))
            .WithSummary("A published month's bulletin, as verify --bulletin takes it; the newest edition unless one is named")
            .Produces<Bulletin>().ProducesProblem(404);
    }

    /// <summary>The same figures for those who open them in a table.</summary>
    public static void MapBulletins(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/months/{period}/bulletin.csv", (
                string period, [FromQuery] int? edition, DispatchContext db, BulletinShelf shelf, CancellationToken stop) =>
                FileAsync(period, edition, BulletinCsv.Write, "text/csv; charset=utf-8", "csv", db, shelf, stop))
            .WithSummary("A published month's bulletin as a table").WithTags("Statistics").Produces<string>(contentType: "text/csv").ProducesProblem(404);

    private static async Task<IResult> FileAsync(
        string period, int? edition, Func<Bulletin, byte[]> write, string type, string ending, DispatchContext db, BulletinShelf shelf,
        CancellationToken stop) =>
        (await Bulletin.OfAsync(period, edition, db, shelf, stop)).ToHttp(found => Results.Bytes(
            write(found), type, $"bulletin.{found.Figures.Period}.{found.Figures.Edition}.{ending}"));
}
