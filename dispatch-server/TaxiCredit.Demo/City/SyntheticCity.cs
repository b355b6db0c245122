using System.Collections.Concurrent;
using TaxiCredit.Scoring;

namespace TaxiCredit.Demo.City;

/// <summary>
/// A city that does not exist, made from one seed: the roster, and for every month from 2017-01 on the cases that are submitted in it. Pure and
/// deterministic; a month is made by itself and stays the same whichever others have been made. Safe for several threads.
/// </summary>
internal sealed class SyntheticCity(ulong seed)
{
    /// <summary>Found by <see cref="SeedSearch"/> as the first, counting from 1, that ends the year with the published figures.</summary>
    public const ulong DemoSeed = 10297;

    private readonly ConcurrentDictionary<Month, IReadOnlyList<SyntheticCase>> _months = [];

    public SyntheticRoster Roster { get; } = new(new SyntheticRandom(seed, stream: 0));

    /// <summary>Cases submitted in a month, by day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The month lies before <see cref="SyntheticRates.First"/>.</exception>
    public IReadOnlyList<SyntheticCase> SubmittedIn(Month month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(month, SyntheticRates.First);
        return _months.GetOrAdd(month, m => new SyntheticMonth(Roster, seed, m).Cases());
    }

    /// <summary>Cases submitted from the first month to a last one, by day.</summary>
    public IEnumerable<SyntheticCase> SubmittedThrough(Month last)
    {
        for (var month = SyntheticRates.First; month <= last; month = month.Next)
        {
            foreach (var found in SubmittedIn(month))
                yield return found;
        }
    }
}
