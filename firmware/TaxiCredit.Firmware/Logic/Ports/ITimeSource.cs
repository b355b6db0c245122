namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Sources of wall time, in unix seconds (UTC). None of them is trusted.</summary>
internal interface ITimeSource
{
    /// <summary>Time of the battery-backed clock chip, or 0 when the chip lost its supply or does not answer.</summary>
    long ReadRtc();

    /// <summary>Sets the clock chip.</summary>
    void WriteRtc(long unixSeconds);

    /// <summary>Time from the network since the last call, or 0. Each answer is returned once.</summary>
    long TakeNetworkTime();

    /// <summary>Sets the platform's own time, by which TLS judges certificates. It is no answer from the network, and is not offered as one.</summary>
    void SetSystemTime(long unixSeconds);

    /// <summary>Sets the time servers; an empty name keeps the platform's.</summary>
    void UseServers(string first, string second);
}
