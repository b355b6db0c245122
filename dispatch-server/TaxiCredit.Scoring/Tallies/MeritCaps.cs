using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>Finds the merits that exceed their cap. Keeps its buffer from driver to driver.</summary>
internal sealed class MeritCaps(Rulebook rulebook)
{
    private Candidate[] _candidates = new Candidate[16];

    public void Apply(Span<LiveEntry> entries)
    {
        var candidates = Collect(entries);
        candidates.Sort();
        var counted = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var samePeriod = i > 0 && candidates[i].SamePeriodAs(candidates[i - 1]);
            counted = samePeriod ? counted + 1 : 1;
            if (counted > candidates[i].Cap.Count) entries[candidates[i].Index].Standing = Standing.Capped;
        }
    }

    private Span<Candidate> Collect(ReadOnlySpan<LiveEntry> entries)
    {
        var count = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Standing != Standing.Merit || rulebook.Find(entries[i].Code)?.Cap is not { } cap) continue;
            if (count == _candidates.Length) Array.Resize(ref _candidates, 2 * count);
            _candidates[count++] = new(entries[i], cap, i);
        }

        return _candidates.AsSpan(0, count);
    }

    /// <summary>A capped merit; sorts by code and period, then the largest first, then by sequence.</summary>
    private readonly struct Candidate(in LiveEntry entry, MeritCap cap, int index) : IComparable<Candidate>
    {
        private readonly string _code = entry.Code;
        private readonly int _period = cap.Per == CapPeriod.Window ? 0 : (4 * entry.DecidedOn.Year) + Month.Of(entry.DecidedOn).Quarter;
        private readonly Points _weighed = entry.Weighed;

        public MeritCap Cap { get; } = cap;

        /// <summary>Index among the live entries, which are in the order of their sequences.</summary>
        public int Index { get; } = index;

        public bool SamePeriodAs(in Candidate other) => _code == other._code && _period == other._period;

        public int CompareTo(Candidate other)
        {
            var order = string.CompareOrdinal(_code, other._code);
            if (order == 0) order = _period.CompareTo(other._period);
            if (order == 0) order = other._weighed.CompareTo(_weighed);
            return order == 0 ? Index.CompareTo(other.Index) : order;
        }
    }
}
