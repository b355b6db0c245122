using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Bench;

/// <summary>Non-volatile memory that can lose its supply at a given byte.</summary>
internal sealed class RamMemory : IMemory
{
    private readonly byte[] _bytes;

    public RamMemory()
        : this(new byte[MemoryMap.Size])
    {
    }

    public RamMemory(byte[] bytes)
    {
        _bytes = bytes;
    }

    public int Size => _bytes.Length;

    /// <summary>Bytes that may still be written; at 0 the supply is gone.</summary>
    public long BytesLeft { get; set; } = long.MaxValue;

    /// <summary>What the byte becomes at which the supply goes: bits that were on their way.</summary>
    public byte? TornByte { get; set; }

    public bool IsDead { get; set; }

    /// <summary>From this address on it does not take what is written, though it answers.</summary>
    public int RefusesFrom { get; set; } = int.MaxValue;

    /// <summary>First address that it takes again.</summary>
    public int RefusesUntil { get; set; } = int.MaxValue;

    /// <summary>From this address on it does not answer what is read.</summary>
    public int Unread { get; set; } = int.MaxValue;

    public long Written { get; private set; }

    public int Reads { get; private set; }

    public long ReadBytes { get; private set; }

    public int Writes { get; private set; }

    /// <summary>What the bus makes of what is read from an address.</summary>
    public Action<int, byte[]>? Garbles { get; set; }

    /// <summary>Which reads get no answer, by their number from 1.</summary>
    public Func<int, bool>? MissesRead { get; set; }

    public byte[] Image => (byte[])_bytes.Clone();

    public bool Read(int address, byte[] into, int count)
    {
        Reads++;
        ReadBytes += count;
        if (IsDead || address >= Unread || MissesRead?.Invoke(Reads) == true) return false;
        Array.Copy(_bytes, address, into, 0, count);
        Garbles?.Invoke(address, into);
        return true;
    }

    public bool Write(int address, byte[] from, int count)
    {
        Writes++;
        if (IsDead || (address >= RefusesFrom && address < RefusesUntil)) return false;
        for (int i = 0; i < count; i++)
        {
            if (BytesLeft == 0)
            {
                if (TornByte is { } torn) _bytes[address + i] = torn;
                TornByte = null;
                throw new SupplyGoneException();
            }

            _bytes[address + i] = from[i];
            BytesLeft--;
            Written++;
        }

        return true;
    }
}

internal sealed class SupplyGoneException : Exception;
