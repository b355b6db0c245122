using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Scoring.Confidence;

/// <summary>
/// How a city's drivers came by deductions and merits in one window, and from it how sure a driver's stars are: with which stars the same window
/// would end if it were driven again in the same way. Decided cases are few, so that luck has a share in every rating.
/// </summary>
/// <remarks>
/// A Gamma-Poisson model: every driver has a rate of their own, of which the entries booked are but one draw; how far rates lie apart is read from
/// the city. What it leaves out: repairs, caps on single merits, the limit on a month's drop, and that people change. Immutable and thread-safe.
/// </remarks>
public sealed class CityPattern
{
    /// <summary>Below so many drivers a city says too little of how far its drivers differ.</summary>
    public const int FewestDrivers = 30;

    private readonly Rulebook _rulebook;
    private readonly Frequency _deductions;
    private readonly Frequency _merits;

    private CityPattern(Rulebook rulebook, Frequency deductions, Frequency merits) =>
        (_rulebook, _deductions, _merits) = (rulebook, deductions, merits);

    /// <summary>Reads the pattern of the window that ends with a month.</summary>
    /// <param name="rulebook">The rulebook in force on the last day of <paramref name="month"/>.</param>
    /// <param name="month">Last month of the window.</param>
    /// <param name="drivers">Drivers who could have been booked in it, those without an entry too.</param>
    /// <param name="entries">The city's entries, in any order; those outside the window may be left out.</param>
    /// <returns>Null for fewer than <see cref="FewestDrivers"/>.</returns>
    public static CityPattern? Of(Rulebook rulebook, Month month, int drivers, IReadOnlyCollection<LedgerEntry> entries)
    {
        if (drivers < FewestDrivers)
            return null;
        var terms = new TallyTerms(rulebook, month);
        // From the last to the first: a reversal that a later one took back no longer reverses.
        var reversed = new HashSet<long>();
        foreach (var reversal in entries.Where(entry => entry.Kind == EntryKind.Reversal).OrderByDescending(entry => entry.Sequence))
        {
            if (!reversed.Contains(reversal.Sequence))
                reversed.Add(reversal.Reverses!.Value);
        }

        var standing = entries.Where(entry => entry.Kind == EntryKind.Decision && terms.IsLive(entry.DecidedOn) && !reversed.Contains(entry.Sequence)).ToList();
        return new(rulebook, Read(Standing.Deduction, entry => entry.Points <= Points.Zero), Read(Standing.Merit, entry => entry.Points > Points.Zero));

        Frequency Read(Standing sort, Func<LedgerEntry, bool> isOfSort) => Frequency.Of(drivers, [.. standing.Where(isOfSort).Select(entry =>
            (entry.Driver, new Amount(entry.Points.Percent(terms.WeightPercent(sort, entry.DecidedOn)), entry.MaxStars ?? 4)))]);
    }

    /// <summary>The chances of the stars with which a driver's window would end if it were driven again in the same way.</summary>
    /// <param name="driver">Public code of the driver.</param>
    /// <param name="exposure">Part of the window that the driver was at work, above 0 to 1; the shorter, the less the driver's own entries say.</param>
    /// <returns>Chances of 0 to 4 stars, in this order; they add up to 1.</returns>
    public IReadOnlyList<double> ChancesOf(string driver, double exposure)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exposure);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exposure, 1);
        var chances = new double[5];
        var merits = _merits.Again(driver, exposure);
        var rated = new DriverFacts(driver, int.MaxValue, PreviousStars: null);
        foreach (var (lost, chance) in _deductions.Again(driver, exposure))
        {
            foreach (var (won, chanceOfWon) in merits)
            {
                var stars = Settlement.Of(_rulebook, rated, new(lost.Points, Points.Zero, won.Points, -1, lost.MaxStars)).Stars!.Value;
                chances[stars] += chance * chanceOfWon;
            }
        }

        var all = chances.Sum();
        return Array.ConvertAll(chances, chance => chance / all);
    }
}
