using System;
using System.Device.Gpio;
using System.Device.Wifi;
using nanoFramework.Runtime.Native;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The processor, and the external watchdog on one of its pins.</summary>
internal sealed class EspPlatform : IPlatform
{
    private readonly GpioPin _watchdog;
    private readonly Random _random = new Random();

    public EspPlatform(GpioController gpio)
    {
        _watchdog = gpio.OpenPin(Pins.Wdi, PinMode.Output);
    }

    /// <summary>The runtime does not report it, and a reset by the external watchdog looks like power-up: the logic works it out.</summary>
    public int ResetCause => Logic.Ports.ResetCause.Unknown;

    /// <summary>Collects first, so that the figure means something.</summary>
    public int FreeBytes() => (int)nanoFramework.Runtime.Native.GC.Run(false);

    /// <summary>The runtime reports the strength of scanned networks only, not of the one in use; a scan leaves its channel.</summary>
    public int Rssi() => 0;

    public void Reboot() => Power.RebootDevice();

    /// <summary>Any edge feeds it.</summary>
    public void FeedWatchdog() => _watchdog.Toggle();

    public void Random(byte[] into) => _random.NextBytes(into);
}
