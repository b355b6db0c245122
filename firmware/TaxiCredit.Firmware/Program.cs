using System;
using System.Device.Gpio;
using System.IO;
using System.Threading;
using nanoFramework.Runtime.Native;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Update;
using Board = TaxiCredit.Firmware.Logic.Ports.Board;

namespace TaxiCredit.Firmware;

/// <summary>
/// Composition root. When Main ends or throws, the runtime waits for a debugger for ever: an exception is therefore journalled
/// as a software reset, and the unit restarts. Messages go through Console, as the runtime's Debug is silent in a release build.
/// </summary>
internal static class Program
{
    private const string ConfigPath = "I:\\config.json";

    private static Unit? _unit;

    public static void Main()
    {
        try
        {
            // The runtime gives each thread 20 ms in turn; MQTT has five of them, and a failing supply leaves 40 ms.
            Thread.CurrentThread.Priority = ThreadPriority.Highest;
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
        I2cBus.Guard(gpio);

        // First, as its first conversion takes as long as the memory is read.
        var converter = new Ads1115();
        var link = new LazyLink();
        var sensors = new EspSensors(gpio, wake);
        var board = new Board(
            new Fm24Cl64b(), new PwmLights(gpio), converter, sensors, new EspTime(), new EspPlatform(gpio, sensors), link, new ProgramFiles());
        var unit = new Unit(board, maker: new Maker(Origin.PublicKey, Origin.Runtime, Origin.Hardware));
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
            // The memory itself may throw; the next start then reports this one as hung.
            Console.WriteLine(e.Message);
        }
    }

    /// <summary>Without a valid config the unit runs on what its memory holds, and prints the faults to the console.</summary>
    private static void Provision(Unit unit, LazyLink link, AutoResetEvent wake)
    {
        UnitConfig? config = ReadConfig();
        if (config == null) return;
        link.Use(new M2MqttLink(config, new Networks(new WifiRadio(), config), wake));
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
            // The file system throws other types than IOException too, and none of them may cost the light.
            Console.WriteLine("Failed to read config.json: " + e.Message);
            return null;
        }
    }

    /// <summary>Reads at most one byte more than is accepted: a huge file must not fill the memory before it is refused.</summary>
    private static byte[] ReadStart()
    {
        using var file = new FileStream(ConfigPath, FileMode.Open, FileAccess.Read);
        byte[] bytes = new byte[file.Length > UnitConfig.MaxBytes ? UnitConfig.MaxBytes + 1 : (int)file.Length];
        file.Read(bytes, 0, bytes.Length);
        return bytes;
    }
}
