using System;
using System.Threading;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>A clock chip that follows the computer's time with an offset and the error of its crystal, and a time server that answers on demand.</summary>
internal sealed class VirtualTime(TimeProvider time, double ppm) : ITimeSource
{
    private readonly long _begun = time.GetTimestamp();
    private long _answer;

    /// <summary>Seconds by which the clock chip is wrong.</summary>
    public long Offset { get; set; }

    /// <summary>The clock chip has lost its supply.</summary>
    public bool IsRtcLost { get; set; }

    /// <summary>Makes the time server answer.</summary>
    public void Answer(long unixSeconds) => Interlocked.Exchange(ref _answer, unixSeconds);

    public long ReadRtc() => IsRtcLost ? 0 : time.GetUtcNow().ToUnixTimeSeconds() + Offset + Drift;

    /// <summary>Seconds that the crystal has won or lost.</summary>
    private long Drift => (long)(time.GetElapsedTime(_begun).TotalSeconds * ppm / 1e6);

    public void WriteRtc(long unixSeconds)
    {
        Offset = unixSeconds - time.GetUtcNow().ToUnixTimeSeconds() - Drift;
        IsRtcLost = false;
    }

    public long TakeNetworkTime() => Interlocked.Exchange(ref _answer, 0);

    public void UseServers(string first, string second)
    {
        // A virtual cab has the computer's time.
    }
}
