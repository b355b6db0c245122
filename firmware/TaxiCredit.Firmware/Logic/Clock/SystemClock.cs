using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Clock;

/// <summary>
/// The platform's own time, by which TLS judges certificates and which starts in 1970. It is set before each attempt to connect: to the best guess and,
/// every second time while the server has not confirmed that, to the floor, as a wrong guess must not lock the unit out of the link that would correct it.
/// </summary>
internal sealed class SystemClock
{
    private readonly WallClock _clock;
    private readonly ITimeSource _time;

    public SystemClock(WallClock clock, ITimeSource time)
    {
        _clock = clock;
        _time = time;
    }

    /// <param name="attempt">Number of the attempt, from 1.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public void Prepare(int attempt, long uptime)
    {
        bool isGuess = _clock.Source != ClockSource.Server;
        long time = isGuess && attempt % 2 == 0 ? _clock.Floor(uptime) : _clock.Best(uptime);
        if (time == 0) time = _clock.Best(uptime);
        if (time != 0) _time.SetSystemTime(time);
    }
}
