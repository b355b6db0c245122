using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// Rates every driver of a published close again, from what the ratings rest on and not from what they say of it: entries up to the close's last,
/// shifts, the roster, the stars of the close that it builds on.
/// </summary>
internal sealed class RatingsCheck(DispatchContext db, Close close, Findings findings)
{
    private const int Batch = 5_000;

    private readonly string _key = MonthsCheck.KeyOf(close);

    public async Task RunAsync(List<Close> closes, CancellationToken stop)
    {
        if (await db.RulebookOfAsync(close, stop) is not { } rulebook)
        {
            findings.Differs(
                "Closes", _key, $"rulebook {close.RulebookId} of {close.RulebookFrom:yyyy-MM-dd}", $"the text with SHA-256 {close.RulebookHash}",
                "another or none");
            return;
        }

        var revised = closes.Find(c => c.Period == close.Period && c.Revision == close.Revision - 1)?.Id;
        var tally = new MonthTally(close, rulebook);
        var after = 0;
        for (int last; await FactsAsync(revised, after, stop) is { Count: > 0 } drivers; after = last)
        {
            last = drivers[^1].DriverId;
            var expected = tally.Rate(new(last, drivers, await db.FilesInBriefAsync(after, last, close.LedgerSequence, stop)));
            var codes = drivers.ToDictionary(d => d.DriverId, d => d.Facts.Driver);
            Compare(expected, await StoredAsync(r => r.DriverId > after && r.DriverId <= last, stop), codes);
        }

        foreach (var beyond in await StoredAsync(r => r.DriverId > after, stop))
            findings.Differs("Ratings", $"{_key} driver id {beyond.DriverId}", "rating", "none", "one");
    }

    private Task<List<(int DriverId, Scoring.Tallies.DriverFacts Facts)>> FactsAsync(int? revised, int after, CancellationToken stop) =>
        revised is { } id
            ? FactsOfDrivers.AsInAsync(db, id, close.BuildsOnId, after, Batch, stop)
            : FactsOfDrivers.OnRosterAsync(db, close, after, Batch, stop);

    private Task<List<Rating>> StoredAsync(System.Linq.Expressions.Expression<Func<Rating, bool>> which, CancellationToken stop) =>
        db.Ratings.AsNoTracking().Where(r => r.CloseId == close.Id).Where(which).OrderBy(r => r.DriverId).Take(Batch + 1).ToListAsync(stop);

    private void Compare(List<Rating> expected, List<Rating> stored, Dictionary<int, string> codes)
    {
        var found = stored.ToDictionary(r => r.DriverId);
        foreach (var rating in expected)
        {
            var key = $"{_key} {codes[rating.DriverId]}";
            if (!found.Remove(rating.DriverId, out var published))
            {
                findings.Differs("Ratings", key, "rating", $"{new Points(rating.Points)} points, {Stars(rating.Stars)}", "none");
                continue;
            }

            Compare(key, "points", new Points(rating.Points), new Points(published.Points));
            Compare(key, "stars", Stars(rating.Stars), Stars(published.Stars));
            Compare(key, "days on shift", rating.DaysOnShift, published.DaysOnShift);
            Compare(key, "stars of the month before", Stars(rating.PreviousStars), Stars(published.PreviousStars));
        }

        foreach (var beyond in found.Values)
            findings.Differs("Ratings", $"{_key} driver id {beyond.DriverId}", "rating", "none", "one");
    }

    private void Compare<T>(string key, string what, T expected, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
            findings.Differs("Ratings", key, what, expected, found);
    }

    private static string Stars(int? stars) => stars is { } n ? $"{n}" : "unrated";
}
