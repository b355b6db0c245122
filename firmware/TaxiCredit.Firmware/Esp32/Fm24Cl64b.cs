using System;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// F-RAM FM24CL64B, 8 kB. Infineon 001-84458: device address 1010 A2 A1 A0, two address bytes, high one first; a write is
/// done when the byte is acknowledged and crosses no pages ("Write Operation"); a read begins at the address that a write
/// without data set ("Selective (Random) Read").
/// </summary>
internal sealed class Fm24Cl64b : IMemory
{
    private const int Address = 0x50;
    private const int AddressBytes = 2;

    private readonly I2cPart _device = I2cBus.Open(Address);

    /// <summary>Address and data in one transfer; the longest is a slot.</summary>
    private readonly byte[] _frame = new byte[AddressBytes + MemoryMap.MessageCapacity + 12];

    public int Size => MemoryMap.Size;

    public bool Read(int address, byte[] into, int count)
    {
        SetAddress(address);
        return I2cBus.TryRead(_device, new SpanByte(_frame, 0, AddressBytes), new SpanByte(into, 0, count));
    }

    public bool Write(int address, byte[] from, int count)
    {
        SetAddress(address);
        Array.Copy(from, 0, _frame, AddressBytes, count);
        return I2cBus.TryWrite(_device, new SpanByte(_frame, 0, AddressBytes + count));
    }

    private void SetAddress(int address)
    {
        _frame[0] = (byte)(address >> 8);
        _frame[1] = (byte)address;
    }
}
