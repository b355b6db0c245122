using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>The tally of a close, from the ledger up to the close's sequence; batch after batch it is one pass over the ledger in the order of drivers.</summary>
internal sealed class MonthTally(DispatchContext db, Close close, Rulebook rulebook)
{
    private readonly TallyAccumulator _accumulator = new(rulebook, Month.Parse(close.Period));

    /// <summary>Rates drivers; nothing is stored.</summary>
    /// <param name="after">Id below that of the first driver, with no driver of the close in between.</param>
    /// <param name="drivers">Drivers by ascending id.</param>
    public async Task<List<Rating>> RateAsync(int after, List<(int DriverId, DriverFacts Facts)> drivers, CancellationToken stop)
    {
        var ratings = new List<Rating>(drivers.Count);
        if (drivers.Count == 0)
            return ratings;

        await using var files = db.FilesInBriefAsync(after, drivers[^1].DriverId, close.LedgerSequence).GetAsyncEnumerator(stop);
        var more = await files.MoveNextAsync();
        foreach (var (driverId, facts) in drivers)
        {
            while (more && files.Current.DriverId < driverId)
                more = await files.MoveNextAsync();
            _accumulator.Start(facts);
            if (more && files.Current.DriverId == driverId)
                _accumulator.Add(files.Current);
            ratings.Add(Rated(driverId, facts, _accumulator.Finish()));
            Steps.Tell(Steps.DriverTallied);
        }

        return ratings;
    }

    /// <summary>
    /// SHA-256 over one line per stored rating of a close, <c>driver|hundredths|stars or -|days|previous stars or -</c>, by driver code, each ended by LF.
    /// </summary>
    public static async Task<string> DigestAsync(DispatchContext db, int closeId, CancellationToken stop)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var ratings = from rating in db.Ratings.AsNoTracking()
                      where rating.CloseId == closeId
                      join driver in db.Drivers on rating.DriverId equals driver.Id
                      orderby driver.Code
                      select new { driver.Code, rating.Points, rating.Stars, rating.DaysOnShift, rating.PreviousStars };
        await foreach (var r in ratings.AsAsyncEnumerable().WithCancellation(stop))
            digest.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{r.Code}|{r.Points}|{Stars(r.Stars)}|{r.DaysOnShift}|{Stars(r.PreviousStars)}\n")));
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private Rating Rated(int driverId, DriverFacts facts, TallyTotal total) => new()
    {
        CloseId = close.Id,
        DriverId = driverId,
        Points = total.Points.Hundredths,
        Stars = total.Stars,
        DaysOnShift = facts.DaysOnShift,
        PreviousStars = facts.PreviousStars,
    };

    private static string Stars(int? stars) => stars?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
