using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>Tallies one driver's month, with its explanation.</summary>
public static class Tallier
{
    /// <summary>Tallies a month. The rules are in ADR 0002.</summary>
    /// <param name="rulebook">The rulebook in force on the last day of <paramref name="month"/>.</param>
    /// <param name="month">The month to tally.</param>
    /// <param name="facts">What the ledger does not say of the driver.</param>
    /// <param name="entries">
    /// The driver's entries in ascending sequence, up to the sequence at which the close read the ledger. Entries outside the window may be left out.
    /// </param>
    /// <exception cref="ArgumentException">The entries are no ledger: not ascending, of another driver, or reversing what cannot be reversed.</exception>
    public static Tally Run(Rulebook rulebook, Month month, DriverFacts facts, IEnumerable<LedgerEntry> entries)
    {
        var accumulator = new TallyAccumulator(rulebook, month);
        accumulator.Start(facts);
        foreach (var entry in entries) accumulator.Add(entry);
        var total = accumulator.Finish();
        return new(facts.Driver, month, total.Points, total.Stars, total.StarsByPoints, accumulator.Explain());
    }
}
