using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Memory;

namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>
/// Timestamps and journals incidents: of each kind at most <see cref="Burst"/> at once and then one in ten
/// minutes, so that a chattering contact cannot flood the journal.
/// </summary>
internal sealed class Recorder
{
    public const int Burst = 8;

    /// <summary>Milliseconds until a kind may be journalled once more.</summary>
    public const int Refill = 600000;

    /// <summary>Starts that a unit whose supply keeps failing journals in a row, with what belongs to them; the start number counts the rest.</summary>
    public const int MaxStartsInARow = 6;

    private const int LightChannels = 5;

    private readonly Journal _journal;
    private readonly Counters _counters;
    private readonly WallClock _clock;
    private readonly Incident _incident = new Incident();
    /// <summary>A bucket for each kind; light faults and recoveries have one for each channel, behind the others.</summary>
    private readonly long[] _emptyUntil = new long[IncidentKind.Count + (2 * LightChannels)];
    private bool _hasEnoughStarts;

    public Recorder(Journal journal, Counters counters, WallClock clock)
    {
        _journal = journal;
        _counters = counters;
        _clock = clock;
    }

    /// <summary>Journals an incident.</summary>
    /// <returns>False when there were too many of the kind, or the memory did not take it: then it is declared lost, but for a storage fault,
    /// which is journalled once the memory takes it.</returns>
    public bool Note(int kind, long arg, long uptime) => NoteIn(kind, kind, arg, uptime);

    /// <summary>Journals what happened to a light: a channel that flickers does not silence the others.</summary>
    /// <returns>False when there were too many of the kind from the channel, or the memory did not take it.</returns>
    public bool NoteLight(int kind, int channel, long arg, long uptime) =>
        NoteIn(IncidentKind.Count + channel + (kind == IncidentKind.LightFault ? 0 : LightChannels), kind, arg, uptime);

    private bool NoteIn(int bucket, int kind, long arg, long uptime)
    {
        if (_hasEnoughStarts && BelongsToAStart(kind)) return false;

        // A bucket of Burst tokens, kept as the time at which it will be full again.
        long full = _emptyUntil[bucket] > uptime ? _emptyUntil[bucket] : uptime;
        if (full - uptime > (Burst - 1) * (long)Refill) return false;

        _incident.Kind = kind;
        _incident.Arg = arg;
        _incident.IsTimeKnown = _clock.IsKnown;
        _incident.Time = _clock.IsKnown ? _clock.Best(uptime) : uptime / 1000;
        _incident.Boot = _counters.Boot;
        bool isStored = _journal.Append(_incident);
        if (!isStored && kind == IncidentKind.StorageFault) return false;

        if (!isStored) _journal.Miss();
        _hasEnoughStarts = false;
        _emptyUntil[bucket] = full + Refill;
        return isStored;
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
