namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Sources of wall time, in unix seconds (UTC). None of them is trusted.</summary>
internal interface ITimeSource
{
    /// <summary>Time of the battery-backed clock chip, or 0 when it lost its supply or does not answer.</summary>
    long ReadRtc();

    /// <summary>Sets the clock chip.</summary>
    void WriteRtc(long unixSeconds);

    /// <summary>A time that the network gave since the last call, or 0. Each answer is handed out once.</summary>
    long TakeNetworkTime();

    /// <summary>Names the time servers; an empty name leaves the platform's.</summary>
    void UseServers(string first, string second);
}
