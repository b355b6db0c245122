using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Drivers of a close with what their tally needs.</summary>
/// <param name="Through">Up to this id no driver of the close is left out.</param>
/// <param name="Drivers">By ascending id.</param>
/// <param name="Files">Theirs, in the same order; a driver without entries has none.</param>
internal sealed record BatchOfDrivers(int Through, List<(int DriverId, DriverFacts Facts)> Drivers, List<FileInBrief> Files);

/// <summary>
/// The tally of a close, from the ledger up to the close's sequence; batch after batch it is one pass over the ledger in the order of drivers.
/// </summary>
internal sealed class MonthTally(Close close, Rulebook rulebook)
{
    private readonly TallyAccumulator _accumulator = new(rulebook, Month.Parse(close.Period));

    /// <summary>Rates drivers; nothing is stored.</summary>
    public List<Rating> Rate(BatchOfDrivers batch)
    {
        var ratings = new List<Rating>(batch.Drivers.Count);
        var file = 0;
        foreach (var (driverId, facts) in batch.Drivers)
        {
            while (file < batch.Files.Count && batch.Files[file].DriverId < driverId)
                file++;
            _accumulator.Start(facts);
            if (file < batch.Files.Count && batch.Files[file].DriverId == driverId)
                _accumulator.Add(batch.Files[file]);
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
        var ratings = from rating in db.Ratings
                      where rating.CloseId == closeId
                      join driver in db.Drivers on rating.DriverId equals driver.Id
                      orderby driver.Code
                      select new { driver.Code, rating.Points, rating.Stars, rating.DaysOnShift, rating.PreviousStars };
        await db.ReadAsync(ratings, r => digest.AppendData(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{r.GetString(0)}|{r.GetInt32(1)}|{Stars(r.IntOrNull(2))}|{r.GetInt32(3)}|{Stars(r.IntOrNull(4))}\n"))), stop);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private Rating Rated(int driverId, DriverFacts facts, TallyTotal total) => new()
    {
        CloseId = close.Id,
        DriverId = driverId,
        Points = checked((int)total.Points.Hundredths),
        Stars = total.Stars,
        DaysOnShift = facts.DaysOnShift,
        PreviousStars = facts.PreviousStars,
    };

    private static string Stars(int? stars) => stars?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
