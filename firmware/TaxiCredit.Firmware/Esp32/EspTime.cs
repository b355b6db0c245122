using System;
using nanoFramework.Networking;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// The clock chip, and SNTP. The platform's client starts by itself and sets the system time without an event; before
/// that the system time is in the past. So the system time is offered once it is 2021 or later, and then every hour.
/// </summary>
internal sealed class EspTime : ITimeSource
{
    private const int FirstValidYear = 2021;
    private const long OfferEvery = 3600000;

    private readonly Pca8565 _chip = new Pca8565();
    private long _offerDue;

    public long ReadRtc() => _chip.Read();

    public void WriteRtc(long unixSeconds) => _chip.Write(unixSeconds);

    public long TakeNetworkTime()
    {
        if (Environment.TickCount64 < _offerDue) return 0;

        DateTime now = DateTime.UtcNow;
        if (now.Year < FirstValidYear) return 0;
        _offerDue = Environment.TickCount64 + OfferEvery;
        return now.ToUnixTimeSeconds();
    }

    public void UseServers(string first, string second)
    {
        if (first.Length > 0) Sntp.Server1 = first;
        if (second.Length > 0) Sntp.Server2 = second;
    }
}
