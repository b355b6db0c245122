using System.Threading;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Threads that end with the process; the device has its own.</summary>
internal static class Threads
{
    public static Thread New(ThreadStart work) => new(work) { IsBackground = true };
}
