using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
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

    private Rating Rated(int driverId, DriverFacts facts, TallyTotal total) => new()
    {
        CloseId = close.Id,
        DriverId = driverId,
        Points = checked((int)total.Points.Hundredths),
        Stars = total.Stars,
        DaysOnShift = facts.DaysOnShift,
        PreviousStars = facts.PreviousStars,
    };
}
