using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.Recognition;

/// <param name="Rank">1 and up.</param>
/// <param name="Merits">Points by which merits raised the tally of the month.</param>
internal sealed record ShortlistEntry(int Rank, string Driver, string Team, decimal Merits);

/// <summary>
/// Who may be referred for an award, by rule and not by favour: drivers with 4 stars in each of the last six published months who have no live
/// deduction, not even one that has aged. They rank by the points that merits counted in the month, then by driver code.
/// </summary>
internal static class Shortlist
{
    public const int Months = 6;
    public const int Stars = 4;

    /// <param name="period">A published month; the newest revision of it and of the months before counts.</param>
    /// <returns>Best first; empty while fewer than <see cref="Months"/> months are published.</returns>
    public static async Task<Outcome<List<ShortlistEntry>>> OfAsync(string period, OperationContext context, CancellationToken stop)
    {
        var published = await PublishedRatings.NewestRevisions(context.Db).AsNoTracking().ToListAsync(stop);
        var closes = published.Where(c => string.CompareOrdinal(c.Period, period) <= 0)
            .OrderByDescending(c => c.Period, StringComparer.Ordinal).Take(Months).ToList();
        if (closes.Count == 0 || closes[0].Period != period)
            return Refusal.Missing("month-not-published", $"'{period}' is not a published month; see GET /api/v1/months.");

        var last = closes[0];
        if (await context.Db.RulebookOfAsync(last, stop) is not { } rulebook)
            return RulebookOfClose.Gone(last);
        var ids = closes.ConvertAll(c => c.Id);
        var steady = await context.Db.Ratings
            .Where(r => ids.Contains(r.CloseId) && r.Stars == Stars).GroupBy(r => r.DriverId)
            .Where(ratings => ratings.Count() == Months).Select(ratings => ratings.Key).ToListAsync(stop);
        var members = MembershipQueries.AsOf(context.Db, Month.Parse(period).LastDay).Where(m => steady.Contains(m.DriverId));
        var drivers = await members.AsNoTracking().Select(m => new { m.Driver.Id, m.Driver.Code, Team = m.Team.Code }).ToListAsync(stop);
        var files = await context.Db.Ledger.AsNoTracking().Where(e => steady.Contains(e.DriverId) && e.Sequence <= last.LedgerSequence).ToListAsync(stop);
        var file = files.OrderBy(e => e.Sequence).ToLookup(e => e.DriverId);
        return drivers
            .Select(d => (d.Code, d.Team, Merits: CountedMerits(rulebook, Month.Parse(period), d.Code, file[d.Id])))
            .Where(d => d.Merits is not null)
            .OrderByDescending(d => d.Merits).ThenBy(d => d.Code, StringComparer.Ordinal)
            .Select((d, i) => new ShortlistEntry(i + 1, d.Code, d.Team, d.Merits!.Value)).ToList();
    }

    /// <summary>What merits add in the month; null for a driver with a live deduction, whose merits only offset.</summary>
    private static decimal? CountedMerits(Rulebook rulebook, Month month, string driver, IEnumerable<LedgerRow> file)
    {
        var facts = new DriverFacts(driver, rulebook.ProbationDaysOnShift, Stars);
        var tally = Tallier.Run(rulebook, month, facts, file.Select(row => row.ToEntry()));
        return tally.Lines.Any(line => line.Reason == Reasons.Deduction) ? null : (tally.Points - rulebook.Base).ToDecimal();
    }
}
