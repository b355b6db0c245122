using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>The tally of every driver for one month, from the ledger up to a sequence.</summary>
internal static class MonthTally
{
    /// <summary>One pass over the ledger in the order of drivers; memory grows with the drivers, not with the entries.</summary>
    /// <param name="facts">What is known of each driver besides the ledger, in any order.</param>
    /// <returns>Driver id and figures, in the order of driver ids.</returns>
    public static async Task<List<(int DriverId, TallyTotal Total)>> RunAsync(
        DispatchContext db, Rulebook rulebook, Month month, long throughSequence, IReadOnlyDictionary<int, DriverFacts> facts, CancellationToken stop)
    {
        var results = new List<(int, TallyTotal)>(facts.Count);
        var accumulator = new TallyAccumulator(rulebook, month);
        await using var entries = db.Ledger.AsNoTracking()
            .Where(e => e.Sequence <= throughSequence)
            .OrderBy(e => e.DriverId).ThenBy(e => e.Sequence)
            .AsAsyncEnumerable().GetAsyncEnumerator(stop);
        var more = await entries.MoveNextAsync();
        foreach (var (driverId, fact) in facts.OrderBy(f => f.Key))
        {
            accumulator.Start(fact);
            while (more && entries.Current.DriverId < driverId)
                more = await entries.MoveNextAsync();
            while (more && entries.Current.DriverId == driverId)
            {
                var e = entries.Current;
                accumulator.Add(e.Sequence, e.Kind, e.Code, new Points(e.Points), e.MaxStars, e.DecidedOn, e.Reverses);
                more = await entries.MoveNextAsync();
            }

            results.Add((driverId, accumulator.Finish()));
        }

        return results;
    }

    /// <summary>SHA-256 over one line per rating, <c>driver|hundredths|stars or -|days|previous stars or -</c>, by driver code, each ended by LF.</summary>
    public static string Digest(IEnumerable<(DriverFacts Facts, int Points, int? Stars)> ratings)
    {
        var text = new StringBuilder();
        foreach (var (facts, points, stars) in ratings.OrderBy(r => r.Facts.Driver, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{facts.Driver}|{points}|{Stars(stars)}|{facts.DaysOnShift}|{Stars(facts.PreviousStars)}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Stars(int? stars) => stars?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
