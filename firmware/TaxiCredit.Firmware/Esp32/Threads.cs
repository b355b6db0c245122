using System.Threading;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Threads for work that may block. On .NET they must not keep the process alive: the virtual cab has its own.</summary>
internal static class Threads
{
    public static Thread New(ThreadStart work) => new Thread(work);
}
