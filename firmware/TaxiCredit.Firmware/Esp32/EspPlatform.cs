using System;
using System.Device.Gpio;
using System.Net.NetworkInformation;
using nanoFramework.Runtime.Native;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The processor, and the external watchdog on one of its pins.</summary>
internal sealed class EspPlatform : IPlatform
{
    private readonly GpioPin _watchdog;
    private readonly EspSensors _sensors;
    private readonly Random _random = new Random();

    public EspPlatform(GpioController gpio, EspSensors sensors)
    {
        _sensors = sensors;
        _watchdog = gpio.OpenPin(Pins.Wdi, PinMode.Output);
    }

    /// <summary>The runtime does not report it, and a reset by the external watchdog looks like power-up: the logic works it out.</summary>
    public int ResetCause => Logic.Ports.ResetCause.Unknown;

    /// <summary>From the module's address, which is burnt in.</summary>
    public uint BoardId
    {
        get
        {
            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                byte[] address = network.PhysicalAddress;
                if (address != null && address.Length > 0) return Crc32.Of(address, 0, address.Length) | 1;
            }

            return 1;
        }
    }

    /// <summary>Collects first, so that the figure means something.</summary>
    public int FreeBytes() => (int)nanoFramework.Runtime.Native.GC.Run(false);

    public int BusFreed => I2cBus.Freed;

    /// <summary>The runtime reports the strength of scanned networks only, not of the one in use; a scan leaves its channel.</summary>
    public int Rssi() => 0;

    public void Reboot() => Power.RebootDevice();

    /// <summary>
    /// GPIO 4 is the ignition, high; GPIO 14 the lid, low. An open lid would wake at once: then the ignition alone does. In the meantime the pins
    /// float, and their pull-downs keep the lights dark.
    /// </summary>
    public void Sleep()
    {
        nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByPin(nanoFramework.Hardware.Esp32.Sleep.WakeupGpioPin.Pin4, 1);
        if (!_sensors.TamperOpen())
        {
            nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByMultiPins(
                nanoFramework.Hardware.Esp32.Sleep.WakeupGpioPin.Pin14, nanoFramework.Hardware.Esp32.Sleep.WakeupMode.AllLow);
        }

        nanoFramework.Hardware.Esp32.Sleep.StartDeepSleep();
    }

    /// <summary>Any edge feeds it.</summary>
    public void FeedWatchdog() => _watchdog.Toggle();

    public void Random(byte[] into) => _random.NextBytes(into);
}
