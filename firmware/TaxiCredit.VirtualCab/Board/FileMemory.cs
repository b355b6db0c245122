using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>
/// Non-volatile memory in a file, written through at once: what was written survives the process, and is opened by one
/// process at a time.
/// </summary>
internal sealed class FileMemory : IMemory, IDisposable
{
    private readonly SafeFileHandle _file;

    /// <exception cref="IOException">Another process has the file open, or it cannot be made.</exception>
    public FileMemory(string path)
    {
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        // The memory holds the unit's root key.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (RandomAccess.GetLength(_file) < MemoryMap.Size) RandomAccess.SetLength(_file, MemoryMap.Size);
    }

    public int Size => MemoryMap.Size;

    public bool Read(int address, byte[] into, int count) =>
        RandomAccess.Read(_file, into.AsSpan(0, count), address) == count;

    public bool Write(int address, byte[] from, int count)
    {
        RandomAccess.Write(_file, from.AsSpan(0, count), address);
        return true;
    }

    public void Dispose() => _file.Dispose();
}
