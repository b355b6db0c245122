using System;
using System.IO;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Loader;

/// <summary>
/// The files of slots A and B, to be read and never written. One stays open from part to part: opening it for each of some 150 would cost the light its time.
/// </summary>
internal sealed class OpenFiles : IProgramFiles
{
    private static readonly string[] Paths = { "", "I:\\slot-a.bin", "I:\\slot-b.bin" };

    private FileStream? _file;
    private int _slot;

    /// <summary>False whatever the file system throws, which is more than IOException.</summary>
    public bool TryRead(int slot, int at, byte[] into, int count)
    {
        try
        {
            if (_file == null || _slot != slot) Open(slot);
            if (_file == null || _file.Length < at + count) return false;
            _file.Seek(at, SeekOrigin.Begin);
            return _file.Read(into, 0, count) == count;
        }
        catch (Exception e)
        {
            Console.WriteLine(e.Message);
            return false;
        }
    }

    public bool TryWrite(int slot, int at, byte[] from, int count) => false;

    public bool TryDelete(int slot) => false;

    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Open(int slot)
    {
        Close();
        _slot = slot;
        if (File.Exists(Paths[slot])) _file = new FileStream(Paths[slot], FileMode.Open, FileAccess.Read);
    }
}
