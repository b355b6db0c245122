using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Bench;

/// <summary>Time sources that say what the test wants.</summary>
internal sealed class FixedTime : ITimeSource
{
    public long Rtc { get; set; }

    public long Network { get; set; }

    public int RtcReads { get; private set; }

    public (string First, string Second) Servers { get; private set; }

    public long ReadRtc()
    {
        RtcReads++;
        return Rtc;
    }

    public void WriteRtc(long unixSeconds) => Rtc = unixSeconds;

    public long TakeNetworkTime()
    {
        long answer = Network;
        Network = 0;
        return answer;
    }

    /// <summary>The platform's time, 0 until it was set.</summary>
    public long System { get; private set; }

    /// <summary>A fault to plant: nobody sets the platform's time, and it stays in 1970.</summary>
    public bool IsSystemLeftIn1970 { get; set; }

    public void SetSystemTime(long unixSeconds) => System = IsSystemLeftIn1970 ? 0 : unixSeconds;

    public void UseServers(string first, string second) => Servers = (first, second);
}
