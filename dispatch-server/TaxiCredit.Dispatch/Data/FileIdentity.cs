using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TaxiCredit.Dispatch.Data;

/// <summary>Which file a path leads to: device and inode. Two files of one name one after the other differ.</summary>
internal readonly partial record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    // struct statx of Linux, the same on every architecture; see statx(2).
    private const int AtCurrentFolder = -100;
    private const uint WantInode = 0x100;
    private const int Size = 256;
    private const int InodeAt = 32;
    private const int DeviceMajorAt = 136;
    private const int DeviceMinorAt = 140;

    /// <summary>One file system; two of one disk count as two disks.</summary>
    public bool IsOnDiskOf(FileIdentity other) => (DeviceMajor, DeviceMinor) == (other.DeviceMajor, other.DeviceMinor);

    /// <returns>Null where there is no file, or where the system has no such call.</returns>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var told = new byte[Size];
        return Statx(AtCurrentFolder, path, 0, WantInode, told) == 0 ? new(Word(told, DeviceMajorAt), Word(told, DeviceMinorAt), Long(told, InodeAt)) : null;
    }

    private static uint Word(byte[] told, int at) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(told.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(told.AsSpan(at));

    private static ulong Long(byte[] told, int at) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(told.AsSpan(at)) : BinaryPrimitives.ReadUInt64BigEndian(told.AsSpan(at));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] told);
}
