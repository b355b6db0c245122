using System.Collections.Frozen;

namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>One version of a city's rules: what conduct is worth, how long it counts, and how many stars points earn.</summary>
/// <remarks>Immutable and safe to share between threads. Made by <see cref="RulebookReader"/>, which refuses one that contradicts itself.</remarks>
public sealed record Rulebook
{
    private readonly FrozenDictionary<string, ConductCode> _byId = FrozenDictionary<string, ConductCode>.Empty;

    /// <summary>Name of the rulebook in files and in the API, <c>[a-z0-9-]{1,32}</c>; the same in all its versions.</summary>
    public required string Id { get; init; }

    /// <summary>First day on which this version is in force; it ends the day before the next version's.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Name for people.</summary>
    public required BilingualName Name { get; init; }

    /// <summary>Points that every file starts with.</summary>
    public required Points Base { get; init; }

    /// <summary>Fewest points of a tally, at most <see cref="Base"/>.</summary>
    public required Points Floor { get; init; }

    /// <summary>Most points of a tally, at least <see cref="Base"/>.</summary>
    public required Points Ceiling { get; init; }

    /// <summary>The period whose entries count.</summary>
    public required Window Window { get; init; }

    /// <summary>Weights by age, ascending; the first at age 0.</summary>
    public required IReadOnlyList<AgeingStep> Ageing { get; init; }

    /// <summary>What merits may do.</summary>
    public required MeritLimits Merit { get; init; }

    /// <summary>Stars by points, best first; the last band begins at <see cref="Floor"/>.</summary>
    public required IReadOnlyList<StarBand> Stars { get; init; }

    /// <summary>Most stars that points may cost from one month to the next, 1 to 4; null for no such limit.</summary>
    public required int? LargestDrop { get; init; }

    /// <summary>Days on shift before a driver is rated, 0 or more.</summary>
    public required int ProbationDaysOnShift { get; init; }

    /// <summary>Ways to regain points; empty if there are none.</summary>
    public required IReadOnlyList<RepairRule> Repair { get; init; }

    /// <summary>Deadlines of decisions and objections.</summary>
    public required Deadlines Deadlines { get; init; }

    /// <summary>Where each rule comes from, by the name of its property in the file: a citation, or a text that contains "assumed".</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>The conduct codes, in the order of the file.</summary>
    public required IReadOnlyList<ConductCode> Codes
    {
        get;
        init
        {
            field = value;
            _byId = value.ToFrozenDictionary(code => code.Id, StringComparer.Ordinal);
        }
    }

    /// <summary>The conduct code with an id (case matters), or null.</summary>
    public ConductCode? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The band that an amount of points falls into.</summary>
    /// <param name="points">Points within <see cref="Floor"/> and <see cref="Ceiling"/>.</param>
    public StarBand BandOf(Points points)
    {
        // By index: an enumerator of the interface would be allocated for every driver of a close.
        for (var i = 0; i < Stars.Count; i++)
            if (points >= Stars[i].From) return Stars[i];
        throw new ArgumentOutOfRangeException(nameof(points), points, "Below the floor of the rulebook.");
    }
}
