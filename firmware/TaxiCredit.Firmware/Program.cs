using System;
using System.Device.Adc;
using System.Device.Gpio;
using System.IO;
using System.Threading;
using nanoFramework.Runtime.Native;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using Board = TaxiCredit.Firmware.Logic.Ports.Board;

namespace TaxiCredit.Firmware;

/// <summary>
/// Composition root. The runtime waits for a debugger when Main ends or throws, for ever: whatever is thrown is journalled
/// as a software reset, and the unit starts again. What is said goes through Console, as the runtime's Debug is silent in a release build.
/// </summary>
internal static class Program
{
    private const string ConfigPath = "I:\\config.json";

    private static Unit? _unit;

    public static void Main()
    {
        try
        {
            Run();
        }
        catch (Exception e)
        {
            Console.WriteLine(e.ToString());
            NoteReset();
        }

        Power.RebootDevice();
    }

    private static void Run()
    {
        var wake = new AutoResetEvent(false);
        var gpio = new GpioController();
        var adc = new AdcController();
        var link = new LazyLink();
        var board = new Board(new Fm24Cl64b(), new PwmLights(gpio, adc), new EspSenses(gpio, adc, wake), new EspTime(), new EspPlatform(gpio), link);
        var unit = new Unit(board);
        _unit = unit;
        unit.Start(Environment.TickCount64);
        Provision(unit, link, wake);
        while (true)
        {
            long wait = unit.Tick(Environment.TickCount64) - Environment.TickCount64;
            if (wait > 0) wake.WaitOne((int)(wait < Unit.Beat ? wait : Unit.Beat), false);
        }
    }

    private static void NoteReset()
    {
        try
        {
            _unit?.NoteReset();
        }
        catch (Exception e)
        {
            // It may be the memory that throws; the next start then takes this one for hung, which it nearly was.
            Console.WriteLine(e.Message);
        }
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
            UnitConfig? config = UnitConfig.Read(ReadStart(), out string faults);
            if (config == null) Console.WriteLine(faults);
            return config;
        }
        catch (Exception e)
        {
            // The file system throws other kinds than IOException too, and none of them may cost the light.
            Console.WriteLine("config.json cannot be read: " + e.Message);
            return null;
        }
    }

    /// <summary>No more than one byte beyond what is accepted: a file that fills the memory must not be loaded to be refused.</summary>
    private static byte[] ReadStart()
    {
        using var file = new FileStream(ConfigPath, FileMode.Open, FileAccess.Read);
        byte[] bytes = new byte[file.Length > UnitConfig.MaxBytes ? UnitConfig.MaxBytes + 1 : (int)file.Length];
        file.Read(bytes, 0, bytes.Length);
        return bytes;
    }
}
