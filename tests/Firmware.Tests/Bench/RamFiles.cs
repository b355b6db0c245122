using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Bench;

/// <summary>Files of slots that can lose their supply at a given byte, and of which a cut leaves whatever it likes.</summary>
internal sealed class RamFiles : IProgramFiles
{
    private readonly Dictionary<int, byte[]> _files = [];

    /// <summary>Bytes that may still be written; at 0 the supply is gone.</summary>
    public long BytesLeft { get; set; } = long.MaxValue;

    /// <summary>What a cut leaves of the bytes that were not written any more: null leaves the file as short as it is.</summary>
    public byte? Torn { get; set; }

    /// <summary>The file system takes nothing.</summary>
    public bool IsFull { get; set; }

    /// <summary>What it stores of what it is given to write.</summary>
    public Func<byte[], byte[]>? Garbles { get; set; }

    public long Written { get; private set; }

    public int Writes { get; private set; }

    public int Deletes { get; private set; }

    public byte[] this[int slot] => _files.TryGetValue(slot, out byte[]? file) ? file : [];

    public bool Has(int slot) => _files.ContainsKey(slot);

    public bool TryRead(int slot, int at, byte[] into, int count)
    {
        byte[] file = this[slot];
        if (at + count > file.Length) return false;
        Array.Copy(file, at, into, 0, count);
        return true;
    }

    public bool TryWrite(int slot, int at, byte[] from, int count)
    {
        if (IsFull) return false;
        Writes++;
        byte[] given = Garbles?.Invoke(from[..count]) ?? from[..count];
        int whole = (int)Math.Min(BytesLeft, count);
        bool isCut = whole < count;
        byte[] stored = !isCut ? given : Torn is { } torn ? [.. given[..whole], .. Enumerable.Repeat(torn, count - whole)] : given[..whole];
        byte[] before = this[slot];
        byte[] after = new byte[Math.Max(before.Length, at + stored.Length)];
        before.CopyTo(after, 0);
        stored.CopyTo(after, at);
        _files[slot] = after;
        Written += whole;
        BytesLeft -= whole;
        return isCut ? throw new SupplyGoneException() : true;
    }

    public bool TryDelete(int slot)
    {
        if (IsFull) return false;
        if (BytesLeft == 0) throw new SupplyGoneException();
        Deletes++;
        _files.Remove(slot);
        return true;
    }

    /// <summary>A bit of a file flips.</summary>
    public void Rot(int slot, int at) => _files[slot][at] ^= 0x10;
}
