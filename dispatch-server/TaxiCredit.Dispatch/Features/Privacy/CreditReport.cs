using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.Privacy;

/// <summary>A month of a driver as its newest revision has it.</summary>
/// <param name="Revision">0 where the driver was not in the month's publication, or the month was not published.</param>
/// <param name="Stars">0 to 4; null for unrated and for a month without the driver.</param>
public sealed record RatedMonth(string Period, int Revision, int? Stars, decimal? Points);

/// <summary>Everything that the driver's page and the credit report tell of a driver's points and stars.</summary>
/// <param name="Today">At the bureau.</param>
/// <param name="SoFar">The month that runs, not published.</param>
/// <param name="Reasons">What the decider wrote, by ledger sequence; an erased one is missing.</param>
/// <param name="Next">Starts from <paramref name="SoFar"/>.</param>
/// <param name="Months">Twelve, oldest first, up to the newest that is published; none if none is.</param>
/// <param name="Certainty">Of the newest published rating; null without one.</param>
internal sealed record CreditReport(
    string Driver, string Name, string Team, string TeamName, string HomeCab, DateOnly Today, DateTimeOffset MadeAt, bool Synthetic, TallyView SoFar,
    IReadOnlyDictionary<long, string> Reasons, NextStar? Next, IReadOnlyList<RatedMonth> Months, RatingCertainty? Certainty,
    IReadOnlyList<OpenMatter> Open, ChainView Chain)
{
    /// <summary>Of its entries, when it is taken as a file; see <see cref="TakeCreditReport"/>.</summary>
    public IReadOnlyList<EntryProof> Proofs { get; init; } = [];

    /// <summary><see cref="Certainty"/> is being computed; for a page only.</summary>
    public bool IsCertaintyPending { get; init; }

    private const int MonthsTold = 12;

    public static async Task<Outcome<CreditReport>> OfAsync(
        Acting actor, string driver, OperationContext context, RatingChances chances, ChainVerification chain, CancellationToken stop)
    {
        // Drivers look at their own page all day: it writes no audit line; exporting the report does.
        var allowed = await context.MayAsync(actor, Permission.ReadFile, driver, stop);
        return allowed.Refusal is not null
            ? allowed.Refusal
            : await ReadAsync(driver, context, chances, chain, SharedRuns.PagePatience, stop);
    }

    /// <summary>As above, for somebody whose right is checked already.</summary>
    /// <param name="patience">How long it waits for what is computed for the whole city; null to the end.</param>
    public static async Task<Outcome<CreditReport>> ReadAsync(
        string driver, OperationContext context, RatingChances chances, ChainVerification chain, TimeSpan? patience, CancellationToken stop)
    {
        var soFar = await Explanation.SoFarAsync(driver, context, stop);
        if (soFar.Refusal is not null)
            return soFar.Refusal;

        var db = context.Db;
        var found = await db.Drivers.AsNoTracking().Where(d => d.Code == driver)
            .Select(d => new { d.Id, d.Name, Team = d.HomeCab.Team.Code, TeamName = d.HomeCab.Team.Name, d.HomeCab.Plate }).SingleAsync(stop);
        var verified = await chain.ContinueAsync(patience, stop);
        var certain = await chances.OfAsync(driver, db, patience, stop);
        var tally = soFar.Value;
        return new CreditReport(
            driver, found.Name, found.Team, found.TeamName, found.Plate, context.Today, context.Now,
            await db.Settings.AnyAsync(s => s.Name == Setting.Synthetic, stop), tally,
            await ReasonsAsync(tally, db, stop), NextStar.Of(tally.Rules, Month.Parse(tally.Period), tally.Facts, tally.Entries),
            await MonthsAsync(found.Id, db, stop), certain.Certainty,
            await OpenMatter.OfAsync(db.Drivers.Where(d => d.Id == found.Id), context, stop),
            ChainView.Of(verified))
        {
            IsCertaintyPending = certain.IsPending,
        };
    }

    private static async Task<Dictionary<long, string>> ReasonsAsync(TallyView tally, DispatchContext db, CancellationToken stop)
    {
        var told = tally.Lines.Where(line => line.Sequence is not null).Select(line => line.Sequence!.Value).ToList();
        var details = await db.LedgerDetails.AsNoTracking().Where(d => told.Contains(d.Sequence)).ToListAsync(stop);
        return details
            .Select(d => (d.Sequence, Reason: JsonDocument.Parse(d.Json).RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null))
            .Where(d => !string.IsNullOrEmpty(d.Reason)).ToDictionary(d => d.Sequence, d => d.Reason!);
    }

    private static async Task<List<RatedMonth>> MonthsAsync(int driverId, DispatchContext db, CancellationToken stop)
    {
        var newest = await db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop);
        if (newest is null)
            return [];
        var first = Month.Parse(newest).AddMonths(1 - MonthsTold);
        var periods = Enumerable.Range(0, MonthsTold).Select(ahead => first.AddMonths(ahead).ToString()).ToList();
        var rated = await (from close in PublishedRatings.NewestRevisions(db)
                           where periods.Contains(close.Period)
                           join rating in db.Ratings on close.Id equals rating.CloseId
                           where rating.DriverId == driverId
                           select new { close.Period, close.Revision, rating.Stars, rating.Points }).ToDictionaryAsync(r => r.Period, stop);
        return periods.ConvertAll(period => rated.TryGetValue(period, out var r)
            ? new RatedMonth(period, r.Revision, r.Stars, new Points(r.Points).ToDecimal())
            : new RatedMonth(period, 0, null, null));
    }
}
