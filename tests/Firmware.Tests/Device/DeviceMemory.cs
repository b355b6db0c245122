using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Device;

/// <summary>Non-volatile memory that loses its supply after a number of bytes.</summary>
internal sealed class DeviceMemory : IMemory
{
    public readonly byte[] Bytes;
    public int BytesLeft = int.MaxValue;

    public DeviceMemory(int size)
    {
        Bytes = new byte[size];
    }

    public int Size => Bytes.Length;

    public bool Read(int address, byte[] into, int count)
    {
        System.Array.Copy(Bytes, address, into, 0, count);
        return true;
    }

    public bool Write(int address, byte[] from, int count)
    {
        int written = count < BytesLeft ? count : BytesLeft;
        System.Array.Copy(from, 0, Bytes, address, written);
        BytesLeft -= written;
        return written == count;
    }
}
