using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Components.Wall;

internal sealed record TeamFacts(string Code, string Name, string? Leader);

/// <summary>What the wall shows beside the lights; reloaded when a month is published. Before the first is published there is no period.</summary>
internal sealed record WallFacts(
    DateOnly Today, string? Period, IReadOnlyDictionary<string, int> Rated, ChainReport Chain, IReadOnlyList<TeamFacts> Teams)
{
    /// <summary>The month that is closed next; null before the first is published.</summary>
    public string? NextPeriod => Period is null ? null : Month.Parse(Period).Next.ToString();

    public static async Task<WallFacts> LoadAsync(IServiceScopeFactory scopes, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        var inForce = await PublishedRatings.NewestRevisions(db).AsNoTracking().OrderByDescending(c => c.Period).FirstOrDefaultAsync(stop);
        var teams = await db.Teams.AsNoTracking().OrderBy(t => t.Code)
            .Select(t => new TeamFacts(
                t.Code, t.Name, db.Set<Leadership>().Where(l => l.TeamId == t.Id && l.RemovedOn == null).Select(l => l.Driver.Code).SingleOrDefault()))
            .ToListAsync(stop);
        return new(
            scope.ServiceProvider.GetRequiredService<BureauTime>().Today, inForce?.Period, await RatedCounts.OfAsync(inForce, db, stop),
            await scope.ServiceProvider.GetRequiredService<ChainVerification>().ContinueAsync(SharedRuns.PagePatience, stop), teams);
    }
}
