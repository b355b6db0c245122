using System;
using System.Device.Gpio;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Loader;

/// <summary>
/// The application that is flashed at the bench and never changes in the field: it loads the program that the record chooses, and is gone while that runs. It
/// does not feed the watchdog, which therefore ends what hangs here too.
/// </summary>
internal static class Program
{
    /// <summary>Before the next attempt of a unit that has no program at all, ms: time to read what the console says.</summary>
    private const int Wait = 10000;

    public static void Main()
    {
        try
        {
            Run();
        }
        catch (Exception e)
        {
            // A program that throws has spent this start, as one that hangs has. When Main ends, the runtime waits for a debugger for ever.
            Console.WriteLine(e.ToString());
        }

        Power.RebootDevice();
    }

    private static void Run()
    {
        I2cBus.Guard(new GpioController());
        var slots = new Slots(new RetryingMemory(new Fm24Cl64b()), MemoryMap.Programs, new byte[SlotPair.SizeOfSlot(Slots.Capacity)]);
        var files = new OpenFiles();
        var host = new ProgramHost();

        // A unit that slept has not hung, even if its watchdog had.
        bool hasSlept = Sleep.GetWakeupCause() != Sleep.WakeupCause.Undefined;
        int slot = new Starter(slots, files, host).Load(hasSlept);

        // The program opens both anew.
        files.Close();
        I2cBus.Close();
        if (slot != Slots.None)
        {
            host.Run();
            return;
        }

        Console.WriteLine("No program can be loaded: " + ProgramHost.FactoryPath + " is missing, or no image for this runtime.");
        Thread.Sleep(Wait);
    }
}
