using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Clock;

/// <summary>
/// Wall time from sources that may be missing, wrong or lying. A time that the server signed is a floor: it is never later than
/// now, however late it arrives, so that a replay cannot move the clock forward. The clock chip and the time servers
/// give the time itself, but never one before the floor. Times are unix seconds; <c>uptime</c> is monotonic, in ms.
/// </summary>
internal sealed class WallClock
{
    /// <summary>Seconds by which a source may be behind the floor: the server's clock and the cab's differ.</summary>
    private const long Slack = 120;

    /// <summary>A source further ahead of the floor than this is rejected: 400 days, longer than a cab stands idle.</summary>
    private const long MaxAhead = 400L * 86400;

    private long _floor;
    private long _floorUptime;
    private long _time;
    private long _timeUptime;

    /// <summary>Whether the time itself is known, not only a floor.</summary>
    public bool IsKnown { get; private set; }

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

    /// <summary>Raises the floor to a time that is proven to have passed.</summary>
    public void Raise(long seconds, long uptime)
    {
        if (seconds <= Floor(uptime)) return;
        _floor = seconds;
        _floorUptime = uptime;

        // A time that was accepted before there was a floor may prove wrong now.
        if (IsKnown && Best(uptime) > seconds + MaxAhead) IsKnown = false;
    }

    /// <summary>Offers a time from the clock chip or a time server.</summary>
    /// <param name="seconds">Offered time.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <param name="moved">Change of the best guess, s.</param>
    /// <returns>False when it is not plausible and nothing changed.</returns>
    public bool TryOffer(long seconds, long uptime, out long moved)
    {
        moved = 0;
        long floor = Floor(uptime);
        if (seconds < Gate.FirstTime || seconds > Gate.LastTime) return false;
        if (seconds < floor - Slack) return false;
        if (floor != 0 && seconds > floor + MaxAhead) return false;

        long before = Best(uptime);
        _time = seconds;
        _timeUptime = uptime;
        IsKnown = true;
        moved = Best(uptime) - before;
        return true;
    }
}
