using System;
using System.Device.Adc;
using System.Device.Gpio;
using System.Diagnostics;
using System.IO;
using System.Threading;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using Board = TaxiCredit.Firmware.Logic.Ports.Board;

namespace TaxiCredit.Firmware;

/// <summary>
/// Composition root. The runtime waits for a debugger when Main ends or throws, for ever: whatever is thrown is journalled
/// as a software reset, and the unit starts again.
/// </summary>
internal static class Program
{
    private const string ConfigPath = "I:\\config.json";

    public static void Main()
    {
        var wake = new AutoResetEvent(false);
        var gpio = new GpioController();
        var platform = new EspPlatform(gpio);
        Unit? unit = null;
        try
        {
            var adc = new AdcController();
            var link = new LazyLink();
            unit = new Unit(new Board(new Fm24Cl64b(), new PwmLights(gpio, adc), new EspSenses(gpio, adc, wake), new EspTime(), platform, link));
            unit.Start(Environment.TickCount64);
            Provision(unit, link, wake);
            while (true)
            {
                long wait = unit.Tick(Environment.TickCount64) - Environment.TickCount64;
                if (wait > 0) wake.WaitOne((int)(wait < Unit.Beat ? wait : Unit.Beat), false);
            }
        }
        catch (Exception e)
        {
            Debug.WriteLine(e.ToString());
            unit?.NoteReset();
        }

        platform.Reboot();
    }

    /// <summary>Without a good config the unit goes on with what its memory holds, and says over the console what is wrong.</summary>
    private static void Provision(Unit unit, LazyLink link, AutoResetEvent wake)
    {
        UnitConfig? config = ReadConfig();
        if (config == null) return;
        link.Use(new M2MqttLink(config, wake));
        unit.Provision(config, Environment.TickCount64);
    }

    private static UnitConfig? ReadConfig()
    {
        try
        {
            UnitConfig? config = UnitConfig.Read(File.ReadAllBytes(ConfigPath), out string faults);
            if (config == null) Debug.WriteLine(faults);
            return config;
        }
        catch (IOException e)
        {
            Debug.WriteLine("config.json cannot be read: " + e.Message);
            return null;
        }
    }
}
