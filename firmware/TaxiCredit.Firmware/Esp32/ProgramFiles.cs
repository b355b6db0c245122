using System;
using System.IO;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The files of slots A and B in the module's flash. The file system throws other types than IOException too, and none may cost the light.</summary>
internal sealed class ProgramFiles : IProgramFiles
{
    private static readonly string[] Paths = { "", "I:\\slot-a.bin", "I:\\slot-b.bin" };

    public bool TryRead(int slot, int at, byte[] into, int count)
    {
        try
        {
            if (!File.Exists(Paths[slot])) return false;
            using var file = new FileStream(Paths[slot], FileMode.Open, FileAccess.Read);
            if (file.Length < at + count) return false;
            file.Seek(at, SeekOrigin.Begin);
            return file.Read(into, 0, count) == count;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public bool TryWrite(int slot, int at, byte[] from, int count)
    {
        try
        {
            using var file = new FileStream(Paths[slot], FileMode.OpenOrCreate, FileAccess.ReadWrite);
            file.Seek(at, SeekOrigin.Begin);
            file.Write(from, 0, count);
            file.Flush();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public bool TryDelete(int slot)
    {
        try
        {
            if (File.Exists(Paths[slot])) File.Delete(Paths[slot]);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
