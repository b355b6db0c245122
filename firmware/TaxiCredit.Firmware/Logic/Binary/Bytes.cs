namespace TaxiCredit.Firmware.Logic.Binary;

/// <summary>Numbers in byte arrays: little-endian, unless the name says otherwise.</summary>
internal static class Bytes
{
    public static uint GetUInt32(byte[] bytes, int at) =>
        bytes[at] | ((uint)bytes[at + 1] << 8) | ((uint)bytes[at + 2] << 16) | ((uint)bytes[at + 3] << 24);

    public static void PutUInt32(byte[] bytes, int at, uint value)
    {
        bytes[at] = (byte)value;
        bytes[at + 1] = (byte)(value >> 8);
        bytes[at + 2] = (byte)(value >> 16);
        bytes[at + 3] = (byte)(value >> 24);
    }

    public static uint GetUInt32Big(byte[] bytes, int at) =>
        ((uint)bytes[at] << 24) | ((uint)bytes[at + 1] << 16) | ((uint)bytes[at + 2] << 8) | bytes[at + 3];

    public static void PutUInt32Big(byte[] bytes, int at, uint value)
    {
        bytes[at] = (byte)(value >> 24);
        bytes[at + 1] = (byte)(value >> 16);
        bytes[at + 2] = (byte)(value >> 8);
        bytes[at + 3] = (byte)value;
    }

    public static long GetInt64(byte[] bytes, int at) =>
        GetUInt32(bytes, at) | ((long)GetUInt32(bytes, at + 4) << 32);

    public static void PutInt64(byte[] bytes, int at, long value)
    {
        PutUInt32(bytes, at, (uint)value);
        PutUInt32(bytes, at + 4, (uint)(value >> 32));
    }

    public static int GetUInt16(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

    public static void PutUInt16(byte[] bytes, int at, int value)
    {
        bytes[at] = (byte)value;
        bytes[at + 1] = (byte)(value >> 8);
    }

    public static bool AreEqual(byte[] a, int aAt, byte[] b, int bAt, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (a[aAt + i] != b[bAt + i]) return false;
        }

        return true;
    }
}
