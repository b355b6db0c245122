namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>All versions of one rulebook, by the day from which each is in force.</summary>
/// <remarks>Each version is in force until the next begins, so that the days from <see cref="From"/> on have no gap. Immutable and thread-safe.</remarks>
public sealed class RulebookShelf
{
    private readonly Rulebook[] _latestFirst;

    /// <summary>Puts versions on the shelf, in any order.</summary>
    /// <exception cref="ArgumentException">There is no version, two have different ids, or two begin on the same day.</exception>
    public RulebookShelf(IEnumerable<Rulebook> versions)
    {
        _latestFirst = [.. versions.OrderByDescending(version => version.EffectiveFrom)];
        if (_latestFirst.Length == 0) throw new ArgumentException("A shelf needs at least one rulebook.", nameof(versions));
        for (var i = 1; i < _latestFirst.Length; i++)
        {
            var (earlier, later) = (_latestFirst[i], _latestFirst[i - 1]);
            if (earlier.Id != later.Id)
                throw new ArgumentException($"A shelf holds versions of one rulebook, not '{earlier.Id}' beside '{later.Id}'.", nameof(versions));
            if (earlier.EffectiveFrom == later.EffectiveFrom)
                throw new ArgumentException($"Two versions of '{later.Id}' are effective from {later.EffectiveFrom:yyyy-MM-dd}.", nameof(versions));
        }
    }

    /// <summary>Id that all versions share.</summary>
    public string Id => _latestFirst[0].Id;

    /// <summary>First day on which any version is in force.</summary>
    public DateOnly From => _latestFirst[^1].EffectiveFrom;

    /// <summary>The versions, earliest first.</summary>
    public IEnumerable<Rulebook> Versions => _latestFirst.Reverse();

    /// <summary>The version in force on a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies before <see cref="From"/>.</exception>
    public Rulebook InForceOn(DateOnly day)
    {
        foreach (var version in _latestFirst)
            if (version.EffectiveFrom <= day) return version;
        throw new ArgumentOutOfRangeException(nameof(day), day, $"'{Id}' is in force from {From:yyyy-MM-dd}.");
    }
}
