using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>What it takes to earn more stars than a tally gives.</summary>
/// <param name="Stars">The next stars above the tally's that the rulebook has, 1 to 4; not always one more.</param>
/// <param name="Missing">Points between the tally and those stars, zero or more; zero where not the points hold the stars down but an entry's limit.</param>
/// <param name="EarnedIn">
/// The first month whose tally gives these stars if nothing at all is added to the file: what ages weighs less, what leaves the window counts no more,
/// merits too. Null if waiting alone never brings them.
/// </param>
public sealed record NextStar(int Stars, Points Missing, Month? EarnedIn)
{
    /// <summary>Works it out for a driver who is rated. The rulebook is taken to stay as it is.</summary>
    /// <param name="rulebook">The rulebook in force on the last day of <paramref name="month"/>.</param>
    /// <param name="month">The month whose tally is the starting point.</param>
    /// <param name="facts">As for <see cref="Tallier.Run"/>.</param>
    /// <param name="entries">As for <see cref="Tallier.Run"/>.</param>
    /// <returns>Null for a driver who is unrated or has the most stars that there are.</returns>
    /// <exception cref="ArgumentException">The entries are no ledger.</exception>
    public static NextStar? Of(Rulebook rulebook, Month month, DriverFacts facts, IReadOnlyCollection<LedgerEntry> entries)
    {
        var now = TotalOf(rulebook, month, facts, entries);
        // Best first: the last of the better bands is the nearest.
        if (now.Stars is not { } stars || rulebook.Stars.LastOrDefault(band => band.Stars > stars) is not { } next)
            return null;
        return new(next.Stars, Points.Max(Points.Zero, next.From - now.Points),
            EarliestWith(next.Stars, rulebook, month, facts with { PreviousStars = stars }, entries));
    }

    private static Month? EarliestWith(int stars, Rulebook rulebook, Month month, DriverFacts facts, IReadOnlyCollection<LedgerEntry> entries)
    {
        // Once the window has passed over every entry, waiting changes nothing more.
        for (var ahead = 1; ahead <= rulebook.Window.Months; ahead++)
        {
            var later = month.AddMonths(ahead);
            var total = TotalOf(rulebook, later, facts, entries);
            if (total.Stars >= stars)
                return later;
            facts = facts with { PreviousStars = total.Stars };
        }

        return null;
    }

    private static TallyTotal TotalOf(Rulebook rulebook, Month month, DriverFacts facts, IReadOnlyCollection<LedgerEntry> entries)
    {
        var accumulator = new TallyAccumulator(rulebook, month);
        accumulator.Start(facts);
        foreach (var entry in entries)
            accumulator.Add(entry);
        return accumulator.Finish();
    }
}
