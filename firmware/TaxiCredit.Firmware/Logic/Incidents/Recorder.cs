using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Memory;

namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>
/// Timestamps and journals incidents: of each kind at most <see cref="Burst"/> at once and then one in ten
/// minutes, so that a chattering contact cannot flood the journal. The last places of it are kept for evidence: an opened case or a broken light is not
/// washed away by what happens often. What is left out is counted, and told.
/// </summary>
internal sealed class Recorder
{
    public const int Burst = 8;

    /// <summary>Milliseconds until a kind may be journalled once more.</summary>
    public const int Refill = 600000;

    /// <summary>Starts that a unit whose supply keeps failing journals in a row, with what belongs to them; the start number counts the rest.</summary>
    public const int MaxStartsInARow = 6;

    /// <summary>Places that only the case and the lights may take: four openings, or a broken light and its recovery on each channel, and some.</summary>
    public const int Reserved = 32;

    /// <summary>Largest count in one <see cref="IncidentKind.Limited"/>.</summary>
    public const int MaxCount = 999999;

    private const int LightChannels = 5;

    private readonly Journal _journal;
    private readonly Counters _counters;
    private readonly WallClock _clock;
    private readonly Incident _incident = new Incident();

    /// <summary>A bucket for each kind; light faults and recoveries have one for each channel, behind the others.</summary>
    private readonly long[] _emptyUntil = new long[IncidentKind.Count + (2 * LightChannels)];

    /// <summary>What was left out, by bucket.</summary>
    private readonly int[] _left = new int[IncidentKind.Count + (2 * LightChannels)];
    private bool _hasEnoughStarts;
    private bool _owes;

    public Recorder(Journal journal, Counters counters, WallClock clock)
    {
        _journal = journal;
        _counters = counters;
        _clock = clock;
    }

    /// <summary>Journals an incident.</summary>
    /// <returns>False when there were too many of the kind, or the memory did not take it: then it is declared lost, but for a fault of
    /// memory or bus, which is journalled once the memory takes it.</returns>
    public bool Note(int kind, long arg, long uptime) => NoteIn(kind, kind, arg, uptime);

    /// <summary>Journals what happened to a light: a channel that flickers does not silence the others.</summary>
    /// <returns>False when there were too many of the kind from the channel, or the memory did not take it.</returns>
    public bool NoteLight(int kind, int channel, long arg, long uptime) =>
        NoteIn(IncidentKind.Count + channel + (kind == IncidentKind.LightFault ? 0 : LightChannels), kind, arg, uptime);

    /// <summary>Journals how many incidents were left out, each kind of them when one of it may be journalled again; called at every beat.</summary>
    public void Tell(long uptime)
    {
        if (!_owes || IsCrowded) return;

        _owes = false;
        for (int bucket = 0; bucket < _left.Length; bucket++)
        {
            if (_left[bucket] == 0) continue;
            _owes = true;
            if (HasToken(bucket, uptime)) TellOne(bucket, uptime);
        }
    }

    private void TellOne(int bucket, long uptime)
    {
        int count = _left[bucket] < MaxCount ? _left[bucket] : MaxCount;
        _left[bucket] = 0;
        Charge(bucket, uptime);
        Append(IncidentKind.Limited, (NumberOf(bucket) * (MaxCount + 1L)) + count, uptime);
    }

    /// <summary>Only evidence may be journalled until the server has acknowledged some.</summary>
    private bool IsCrowded => _journal.Backlog >= MemoryMap.JournalRecords - Reserved;

    private static bool IsEvidence(int kind) =>
        kind == IncidentKind.Tamper || kind == IncidentKind.LightFault || kind == IncidentKind.LightRecovered;

    /// <summary>Kind × 10 and the light's channel.</summary>
    private static long NumberOf(int bucket)
    {
        int light = bucket - IncidentKind.Count;
        if (light < 0) return bucket * 10L;
        return light < LightChannels ? (IncidentKind.LightFault * 10L) + light : (IncidentKind.LightRecovered * 10L) + light - LightChannels;
    }

    /// <summary>A bucket of Burst tokens is kept as the time at which it will be full again.</summary>
    private bool HasToken(int bucket, long uptime) => _emptyUntil[bucket] - uptime <= (Burst - 1) * (long)Refill;

    private bool NoteIn(int bucket, int kind, long arg, long uptime)
    {
        if (_hasEnoughStarts && BelongsToAStart(kind)) return false;
        if (!HasToken(bucket, uptime) || (IsCrowded && !IsEvidence(kind)))
        {
            _left[bucket]++;
            _owes = true;
            return false;
        }

        if (_left[bucket] > 0 && !IsCrowded) TellOne(bucket, uptime);
        bool isStored = Append(kind, arg, uptime);
        if (!isStored && (kind == IncidentKind.StorageFault || kind == IncidentKind.Bus)) return false;

        if (!isStored) _journal.Miss();
        _hasEnoughStarts = false;
        Charge(bucket, uptime);
        return isStored;
    }

    private void Charge(int bucket, long uptime) => _emptyUntil[bucket] = (_emptyUntil[bucket] > uptime ? _emptyUntil[bucket] : uptime) + Refill;

    private bool Append(int kind, long arg, long uptime)
    {
        _incident.Kind = kind;
        _incident.Arg = arg;
        _incident.IsTimeKnown = _clock.IsKnown;
        _incident.Time = _clock.IsKnown ? _clock.Best(uptime) : uptime / 1000;
        _incident.Boot = _counters.Boot;
        return _journal.Append(_incident);
    }

    /// <summary>Journals a signal that a state table has no transition for.</summary>
    public void NoteRefusedSignal(int table, int state, int signal, long uptime) =>
        Note(IncidentKind.SignalRefused, (table * 100) + (state * 10) + signal, uptime);

    /// <summary>
    /// Journals the start, unless the backlog ends with <see cref="MaxStartsInARow"/> starts and nothing else between them: then nothing
    /// that belongs to a start is journalled.
    /// </summary>
    public void NoteStart(int resetCause, long uptime)
    {
        int starts = 0;
        for (uint back = 0; back < _journal.Backlog && _journal.Read(_journal.Newest - back, _incident) && BelongsToAStart(_incident.Kind); back++)
        {
            if (_incident.Kind == IncidentKind.PowerOn) starts++;
        }

        _hasEnoughStarts = starts >= MaxStartsInARow;
        Note(IncidentKind.PowerOn, resetCause, uptime);
    }

    private static bool BelongsToAStart(int kind) =>
        kind == IncidentKind.PowerOn || kind == IncidentKind.PowerFail || kind == IncidentKind.SelfTest || kind == IncidentKind.Calibration;
}
