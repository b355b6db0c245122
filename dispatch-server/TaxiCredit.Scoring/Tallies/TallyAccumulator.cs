using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>Tallies one driver after another for one month: <see cref="Start"/>, <c>Add</c> entry by entry, <see cref="Finish"/>.</summary>
/// <remarks>
/// Made for a close: it keeps its buffers, so that in the steady state an entry costs no allocation, and it forgets what lies outside the window at
/// once. <see cref="Explain"/> is paid for only when it is asked for. For one thread at a time.
/// </remarks>
/// <param name="rulebook">The rulebook in force on the last day of <paramref name="month"/>.</param>
/// <param name="month">The month to tally.</param>
public sealed class TallyAccumulator(Rulebook rulebook, Month month)
{
    private readonly TallyTerms _terms = new(rulebook, month);
    private readonly MeritCaps _caps = new(rulebook);
    private LiveEntry[] _entries = new LiveEntry[64];
    private int _count;
    private long _lastSequence;
    private DriverFacts _facts;
    private Sums _sums;
    private Settlement? _settlement;

    /// <summary>Begins a driver; everything of the driver before is discarded.</summary>
    public void Start(DriverFacts facts) => (_facts, _count, _lastSequence, _settlement) = (facts, 0, 0, null);

    /// <summary>Adds the next entry of the driver.</summary>
    /// <exception cref="ArgumentException">The entry is another driver's, or one of the faults of the other overload.</exception>
    public void Add(LedgerEntry entry)
    {
        if (entry.Driver != _facts.Driver) throw Broken(entry.Sequence, $"is in the file of '{entry.Driver}', not of '{_facts.Driver}'");
        Add(entry.Sequence, entry.Kind, entry.Code, entry.Points, entry.MaxStars, entry.DecidedOn, entry.Reverses);
    }

    /// <summary>Adds the next entry of the driver, for callers that hold rows and not entries. The parameters are those of <see cref="LedgerEntry"/>.</summary>
    /// <exception cref="ArgumentException">
    /// The ledger is broken: a sequence that does not ascend, a repair without positive points, a reversal of points that were never booked, or a
    /// reversal that names no entry.
    /// </exception>
    /// <exception cref="InvalidOperationException">The driver is finished.</exception>
    public void Add(long sequence, EntryKind kind, string code, Points points, int? maxStars, DateOnly decidedOn, long? reverses)
    {
        if (_settlement is not null) throw new InvalidOperationException("Start the next driver before adding entries.");
        if (sequence <= _lastSequence) throw Broken(sequence, $"follows entry {_lastSequence}");
        _lastSequence = sequence;
        var target = -1;
        if (kind == EntryKind.Reversal)
        {
            target = IndexOf(reverses ?? throw Broken(sequence, "reverses nothing"));
            if (target < 0) return; // It takes back an entry outside the window, which counts nothing anyway.
            if (_entries[target].Points != -points) throw Broken(sequence, $"does not take back what entry {reverses} booked");
        }
        else if (!_terms.IsLive(decidedOn))
        {
            return;
        }

        if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
        _entries[_count++] = new()
        {
            Sequence = sequence,
            Code = code,
            Points = points,
            MaxStars = maxStars,
            DecidedOn = decidedOn,
            Target = target,
            Standing = StandingOf(sequence, kind, points),
        };
    }

    /// <summary>Ends the driver and gives the figures. Asked again, it gives the same.</summary>
    /// <exception cref="ArgumentException">The ledger is broken: an entry is reversed twice.</exception>
    public TallyTotal Finish()
    {
        if (_settlement is not { } settlement)
        {
            var entries = _entries.AsSpan(0, _count);
            Reverse(entries);
            Weigh(entries);
            _caps.Apply(entries);
            _sums = Sum(entries);
            _settlement = settlement = Settlement.Of(_terms.Rulebook, _facts, _sums);
        }

        return new(settlement.Points, settlement.Stars, settlement.Band.Stars);
    }

    /// <summary>The explanation of the driver that was finished last.</summary>
    /// <exception cref="InvalidOperationException">No driver is finished.</exception>
    public IReadOnlyList<TallyLine> Explain() =>
        _settlement is { } settlement
            ? new Explanation(_terms.Rulebook).Write(_facts, _entries.AsSpan(0, _count), _sums, settlement)
            : throw new InvalidOperationException("Finish the driver before asking for the explanation.");

    private static Standing StandingOf(long sequence, EntryKind kind, Points points) => kind switch
    {
        EntryKind.Reversal => Standing.Reversal,
        EntryKind.Repair when points > Points.Zero => Standing.Repair,
        EntryKind.Decision => points > Points.Zero ? Standing.Merit : Standing.Deduction,
        _ => throw Broken(sequence, $"of kind {kind} books {points} points"),
    };

    /// <summary>From the last to the first: a reversal that a later one took back no longer reverses.</summary>
    private static void Reverse(Span<LiveEntry> entries)
    {
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].Standing != Standing.Reversal) continue;
            ref var target = ref entries[entries[i].Target];
            if (target.Standing == Standing.Reversed) throw Broken(entries[i].Sequence, $"reverses entry {target.Sequence}, which is reversed already");
            target.Standing = Standing.Reversed;
        }
    }

    private void Weigh(Span<LiveEntry> entries)
    {
        foreach (ref var entry in entries)
        {
            entry.WeightPercent = _terms.WeightPercent(entry.Standing, entry.DecidedOn);
            entry.Weighed = entry.Points.Percent(entry.WeightPercent);
        }
    }

    private static Sums Sum(ReadOnlySpan<LiveEntry> entries)
    {
        var sums = new Sums { Limiter = -1, MaxStars = 4 };
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            switch (entry.Standing)
            {
                case Standing.Deduction: sums.Deductions += entry.Weighed; break;
                case Standing.Repair: sums.Repair += entry.Weighed; break;
                case Standing.Merit: sums.Merits += entry.Weighed; break;
                default: continue;
            }

            if (entry.MaxStars < sums.MaxStars) (sums.Limiter, sums.MaxStars) = (i, entry.MaxStars.Value);
        }

        return sums;
    }

    private int IndexOf(long sequence)
    {
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Sequence == sequence) return middle;
            if (_entries[middle].Sequence < sequence) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    private static ArgumentException Broken(long sequence, string message) => new($"Ledger entry {sequence} {message}.");
}
