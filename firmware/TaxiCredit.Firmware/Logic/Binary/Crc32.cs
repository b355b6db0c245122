namespace TaxiCredit.Firmware.Logic.Binary;

/// <summary>CRC-32 (IEEE 802.3, reflected), four bits at a time: the table costs 64 bytes instead of 1 kB.</summary>
internal static class Crc32
{
    private static readonly uint[] Table =
    {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };

    public static uint Of(byte[] bytes, int at, int count) => Continue(0, bytes, at, count);

    /// <summary>Goes on from the CRC of what came before; 0 begins.</summary>
    public static uint Continue(uint before, byte[] bytes, int at, int count)
    {
        uint crc = ~before;
        for (int i = at; i < at + count; i++)
        {
            crc ^= bytes[i];
            crc = (crc >> 4) ^ Table[(int)(crc & 15)];
            crc = (crc >> 4) ^ Table[(int)(crc & 15)];
        }

        return ~crc;
    }
}
