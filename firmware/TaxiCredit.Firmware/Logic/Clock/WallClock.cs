using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Clock;

/// <summary>
/// Wall time from sources that may be missing, wrong or lying. A time that the server signed is a floor: it is never later than
/// now, however late it arrives, so that a replay cannot move the clock forward. A time that the server signed in answer to the unit's own question is
/// now: it bounds from above too, and moves clock and floor either way, so that whatever was wrong before is right again. The clock chip, and before
/// it is heard a time server, give a time between the floor and a bound. Times are unix seconds; <c>uptime</c> is monotonic, in ms.
/// </summary>
internal sealed class WallClock
{
    /// <summary>Seconds by which a source may be behind the floor: the server's clock and the cab's differ.</summary>
    private const long Slack = 120;

    /// <summary>A source further ahead of the floor than this is rejected: 400 days, longer than a cab stands idle.</summary>
    private const long MaxAhead = 400L * 86400;

    /// <summary>A signed time further ahead than this of one that answered the unit was signed by a clock that was wrong.</summary>
    private const long MaxSignedAhead = 86400;

    private long _floor;
    private long _floorUptime;
    private long _time;
    private long _timeUptime;
    private bool _isCorrected;
    private long _moved;

    /// <summary>One of <see cref="ClockSource"/>.</summary>
    public int Source { get; private set; } = ClockSource.None;

    /// <summary>Whether the time itself is known, not only a floor.</summary>
    public bool IsKnown => Source > ClockSource.Floor;

    /// <summary>The earliest possible time; 0 while nothing is known.</summary>
    public long Floor(long uptime) => _floor == 0 ? 0 : _floor + ((uptime - _floorUptime) / 1000);

    /// <summary>The best guess: the time if it is known, else the floor.</summary>
    public long Best(long uptime)
    {
        long floor = Floor(uptime);
        if (!IsKnown) return floor;
        long time = _time + ((uptime - _timeUptime) / 1000);
        return time > floor ? time : floor;
    }

    /// <summary>Whether a signed time, not in answer to a question, may be true.</summary>
    public bool IsPossible(long seconds, long uptime) => Source != ClockSource.Server || seconds <= Best(uptime) + MaxSignedAhead;

    /// <summary>Raises the floor to a time that is proven to have passed.</summary>
    public void Raise(long seconds, long uptime)
    {
        if (seconds <= Floor(uptime)) return;
        _floor = seconds;
        _floorUptime = uptime;
        if (Source == ClockSource.None) Source = ClockSource.Floor;

        // A time that was accepted before there was a floor may prove wrong now.
        if (IsKnown && Best(uptime) > seconds + MaxAhead) Source = ClockSource.Floor;
    }

    /// <summary>Sets clock and floor to a time that the server has just signed in answer to this unit.</summary>
    public void Set(long seconds, long uptime)
    {
        _moved = seconds - Best(uptime);
        _isCorrected = true;
        _floor = seconds;
        _floorUptime = uptime;
        _time = seconds;
        _timeUptime = uptime;
        Source = ClockSource.Server;
    }

    /// <summary>Whether <see cref="Set"/> was called since the last call.</summary>
    /// <param name="moved">Change of the best guess, s.</param>
    public bool TryTakeCorrection(out long moved)
    {
        bool isCorrected = _isCorrected;
        _isCorrected = false;
        moved = _moved;
        return isCorrected;
    }

    /// <summary>Offers a time that nobody has signed. It is taken unless a source that is trusted more has given one.</summary>
    /// <param name="seconds">Offered time.</param>
    /// <param name="source"><see cref="ClockSource.Chip"/> or <see cref="ClockSource.Network"/>.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <param name="moved">Change of the best guess, s.</param>
    /// <returns>False when it is not plausible and nothing changed.</returns>
    public bool TryOffer(long seconds, int source, long uptime, out long moved)
    {
        moved = 0;
        long floor = Floor(uptime);
        if (source < Source) return false;
        if (seconds < Gate.FirstTime || seconds > Gate.LastTime) return false;
        if (seconds < floor - Slack) return false;
        if (floor != 0 && seconds > floor + MaxAhead) return false;

        long before = Best(uptime);
        _time = seconds;
        _timeUptime = uptime;
        Source = source;
        moved = Best(uptime) - before;
        return true;
    }
}
