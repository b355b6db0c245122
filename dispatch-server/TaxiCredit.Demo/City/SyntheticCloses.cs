using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Demo.City;

/// <summary>
/// Closes months of a synthetic city in memory, one after another, as the bureau would: for the search of a seed, and to check the database against.
/// </summary>
internal sealed class SyntheticCloses(RulebookShelf rulebooks, IReadOnlyList<string> drivers)
{
    private readonly Dictionary<string, int?> _stars = drivers.ToDictionary(driver => driver, _ => (int?)null);

    /// <summary>Closes the months from the first to a last one and gives the last one's figures, by driver.</summary>
    /// <param name="cases">What was submitted up to the end of the last month, in any order.</param>
    public Dictionary<string, TallyTotal> Through(Month last, IEnumerable<SyntheticCase> cases)
    {
        var files = cases.Where(c => c.Decision.Verdict == Verdict.Upheld).ToLookup(c => c.Driver);
        var totals = new Dictionary<string, TallyTotal>();
        for (var month = SyntheticRates.First; month <= last; month = month.Next)
            totals = Close(month, files);
        return totals;
    }

    private Dictionary<string, TallyTotal> Close(Month month, ILookup<string, SyntheticCase> files)
    {
        var daysOnShift = month.LastDay.DayNumber - SyntheticRates.OnShiftSince.DayNumber + 1;
        var accumulator = new TallyAccumulator(rulebooks.InForceOn(month.LastDay), month);
        var totals = new Dictionary<string, TallyTotal>();
        foreach (var driver in drivers)
        {
            accumulator.Start(new DriverFacts(driver, daysOnShift, _stars[driver]));
            var sequence = 0;
            foreach (var upheld in files[driver].Where(c => c.Decision.On <= month.LastDay))
            {
                var conduct = rulebooks.InForceOn(upheld.ConductOn).Find(upheld.Code)!;
                accumulator.Add(++sequence, EntryKind.Decision, conduct.Id, conduct.Points, conduct.MaxStars, upheld.Decision.On, null);
            }

            totals[driver] = accumulator.Finish();
            _stars[driver] = totals[driver].Stars;
        }

        return totals;
    }
}
