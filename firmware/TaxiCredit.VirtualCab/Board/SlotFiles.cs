using System;
using System.IO;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>The files of slots A and B, <c>slot-a.bin</c> and <c>slot-b.bin</c> beside the <c>config.json</c>.</summary>
internal sealed class SlotFiles(string folder) : IProgramFiles
{
    public bool TryRead(int slot, int at, byte[] into, int count) => Try(() =>
    {
        if (!File.Exists(PathOf(slot))) return false;
        using FileStream file = File.OpenRead(PathOf(slot));
        if (file.Length < at + count) return false;
        file.Position = at;
        file.ReadExactly(into, 0, count);
        return true;
    });

    public bool TryWrite(int slot, int at, byte[] from, int count) => Try(() =>
    {
        using var file = new FileStream(PathOf(slot), FileMode.OpenOrCreate, FileAccess.Write);
        file.Position = at;
        file.Write(from, 0, count);
        file.Flush(true);
        return true;
    });

    public bool TryDelete(int slot) => Try(() =>
    {
        File.Delete(PathOf(slot));
        return true;
    });

    private string PathOf(int slot) => Path.Combine(folder, slot == Slots.A ? "slot-a.bin" : "slot-b.bin");

    private static bool Try(Func<bool> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
