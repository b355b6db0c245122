using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>
/// The wait before the next attempt. After a refused or broken attempt: full jitter under a cap of 1 s that
/// doubles up to 5 min. After an attempt that ended in a watchdog reset: at least half of a cap of 1 min that doubles up
/// to 2 h, because each such reset costs light.
/// </summary>
internal sealed class Backoff
{
    public const int FirstCap = 1000;
    public const int FirstStallCap = 60000;
    public const int LastStallCap = 7200000;

    private readonly IPlatform _platform;
    private readonly int _lastCap;
    private readonly byte[] _random = new byte[4];
    private int _failures;

    /// <param name="platform">Source of random bytes.</param>
    /// <param name="lastCap">Largest cap, ms; 300,000 on the road.</param>
    public Backoff(IPlatform platform, int lastCap)
    {
        _platform = platform;
        _lastCap = lastCap;
    }

    /// <summary>A connection has proven stable.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Milliseconds to wait after one more failure.</summary>
    public int NextAfterFailure()
    {
        int cap = Cap(FirstCap, _failures, _lastCap);
        _failures++;
        return Below(cap + 1);
    }

    /// <summary>Milliseconds to wait after a start, when the last <paramref name="stalls"/> attempts ended in resets.</summary>
    public int AfterStalls(int stalls)
    {
        if (stalls == 0) return 0;
        int cap = Cap(FirstStallCap, stalls - 1, LastStallCap);
        return (cap / 2) + Below((cap / 2) + 1);
    }

    private static int Cap(int first, int doublings, int last)
    {
        long cap = first;
        for (int i = 0; i < doublings && cap < last; i++) cap *= 2;
        return (int)(cap < last ? cap : last);
    }

    private int Below(int limit)
    {
        _platform.Random(_random);
        return (int)(Bytes.GetUInt32(_random, 0) % (uint)limit);
    }
}
