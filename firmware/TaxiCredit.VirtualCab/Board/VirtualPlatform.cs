using System;
using System.Security.Cryptography;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>The processor.</summary>
internal sealed class VirtualPlatform : IPlatform
{
    public int ResetCause { get; set; } = TaxiCredit.Firmware.Logic.Ports.ResetCause.Power;

    /// <summary>The logic asked for a restart, which its host carries out.</summary>
    public bool WantsReboot { get; private set; }

    /// <summary>Times that the watchdog has been fed.</summary>
    public long Fed { get; private set; }

    /// <summary>Which board this is.</summary>
    public uint BoardId { get; init; } = 1;

    /// <summary>The logic sleeps, until its host wakes it.</summary>
    public bool IsAsleep { get; private set; }

    public void Sleep() => IsAsleep = true;

    /// <summary>Set where a scenario frees the bus.</summary>
    public int BusFreed { get; set; }

    public int FreeBytes() => (int)Math.Min(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>It has no radio.</summary>
    public int Rssi() => 0;

    public void Reboot() => WantsReboot = true;

    public void FeedWatchdog() => Fed++;

    public void Random(byte[] into) => RandomNumberGenerator.Fill(into);
}
