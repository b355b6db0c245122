using System;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// The clock chip, the system time, and SNTP. The platform's client starts by itself and sets the system time without an event: a system time that
/// has left the course of what was set here, or of 1970 before that, is an answer from the network.
/// </summary>
internal sealed class EspTime : ITimeSource
{
    /// <summary>Seconds; the system time and the ticks are counted by the same crystal.</summary>
    private const int Tolerance = 2;

    private readonly Pca8565 _chip = new Pca8565();
    private readonly string _default1 = Sntp.Server1;
    private readonly string _default2 = Sntp.Server2;
    private long _course;

    public EspTime()
    {
        _course = Begin();
    }

    public long ReadRtc() => _chip.Read();

    public void WriteRtc(long unixSeconds) => _chip.Write(unixSeconds);

    public long TakeNetworkTime()
    {
        long begin = Begin();
        long left = begin - _course;
        if (left <= Tolerance && left >= -Tolerance) return 0;
        _course = begin;
        return begin + Uptime();
    }

    public void SetSystemTime(long unixSeconds)
    {
        Rtc.SetSystemTime(DateTime.FromUnixTimeSeconds(unixSeconds));
        _course = Begin();
    }

    /// <summary>A server that is no longer named is no longer asked: the platform's own takes its place.</summary>
    public void UseServers(string first, string second)
    {
        Sntp.Server1 = first.Length > 0 ? first : _default1;
        Sntp.Server2 = second.Length > 0 ? second : _default2;
    }

    private static long Uptime() => Environment.TickCount64 / 1000;

    /// <summary>The system time at which the ticks began: constant while nobody sets it.</summary>
    private static long Begin() => DateTime.UtcNow.ToUnixTimeSeconds() - Uptime();
}
