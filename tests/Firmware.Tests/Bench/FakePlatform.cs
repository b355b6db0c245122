using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Bench;

/// <summary>A processor whose chance has a seed.</summary>
internal sealed class FakePlatform(int seed) : IPlatform
{
    private readonly Random _random = new(seed);

    /// <summary>A car that is started, unless the test says otherwise.</summary>
    public int ResetCause { get; set; } = TaxiCredit.Firmware.Logic.Ports.ResetCause.Parked;

    public uint BoardId { get; set; } = 1;

    public bool IsAsleep { get; private set; }

    public void Sleep() => IsAsleep = true;

    public bool WantsReboot { get; private set; }

    public long Fed { get; private set; }

    /// <summary>Times that the logic asked for the free memory.</summary>
    public int FreeAsked { get; private set; }

    public int BusFreed { get; set; }

    public int FreeBytes()
    {
        FreeAsked++;
        return 48000;
    }

    public int Rssi() => -61;

    public void Reboot() => WantsReboot = true;

    public void FeedWatchdog() => Fed++;

    public void Random(byte[] into) => _random.NextBytes(into);
}
