using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// One value in two slots: a write goes to the slot that does not hold the newest value, so that a power loss at any
/// byte leaves the old value or the new one.
/// <code>
/// slot: sequence (4) | CRC-32 of tag, length and content, begun with the sequence (4) | tag (2) | length (2) | content
/// </code>
/// </summary>
internal sealed class SlotPair
{
    private const int HeaderSize = 12;

    private readonly IMemory _memory;
    private readonly int _address;
    private readonly int _slotSize;
    private readonly byte[] _scratch;
    private int _newest;

    /// <param name="memory">Where the slots are.</param>
    /// <param name="address">First byte of the first slot.</param>
    /// <param name="capacity">Maximum bytes of content.</param>
    /// <param name="scratch">Working space, at least <see cref="SizeOfSlot"/> bytes; shared, as only one pair is used at a time.</param>
    public SlotPair(IMemory memory, int address, int capacity, byte[] scratch)
    {
        _memory = memory;
        _address = address;
        _slotSize = SizeOfSlot(capacity);
        _scratch = scratch;
        Content = new byte[capacity];
    }

    /// <summary>The newest value; valid up to <see cref="Length"/>. Callers do not write to it.</summary>
    public byte[] Content { get; }

    /// <summary>Bytes of content, 0 when the pair holds none.</summary>
    public int Length { get; private set; }

    /// <summary>A number from 0 to 65,535 that the owner stored with the value.</summary>
    public int Tag { get; private set; }

    /// <summary>Sequence number of the newest value, 0 when the pair holds none.</summary>
    public uint Sequence { get; private set; }

    public static int SizeOfSlot(int capacity) => HeaderSize + capacity;

    /// <summary>Reads both slots: two port calls.</summary>
    /// <returns>False when the memory did not answer for one of them.</returns>
    public bool Load()
    {
        Length = 0;
        Sequence = 0;
        _newest = 1;
        return Consider(0) & Consider(1);
    }

    /// <summary>Replaces the value.</summary>
    /// <returns>False when reading back fails to prove that the memory holds it; the value in use is then the old one.</returns>
    public bool Store(int tag, byte[] content, int count)
    {
        int slot = 1 - _newest;
        uint sequence = Sequence + 1;
        Bytes.PutUInt32(_scratch, 0, sequence);
        Bytes.PutUInt16(_scratch, 8, tag);
        Bytes.PutUInt16(_scratch, 10, count);
        System.Array.Copy(content, 0, _scratch, HeaderSize, count);
        Bytes.PutUInt32(_scratch, 4, Check(count));
        if (!_memory.Write(_address + (slot * _slotSize), _scratch, HeaderSize + count)) return false;

        Consider(slot);
        return Sequence == sequence;
    }

    private bool Consider(int slot)
    {
        if (!_memory.Read(_address + (slot * _slotSize), _scratch, _slotSize)) return false;

        uint sequence = Bytes.GetUInt32(_scratch, 0);
        int count = Bytes.GetUInt16(_scratch, 10);
        if (sequence <= Sequence || count == 0 || count > Content.Length) return true;
        if (Bytes.GetUInt32(_scratch, 4) != Check(count)) return true;

        Sequence = sequence;
        Tag = Bytes.GetUInt16(_scratch, 8);
        Length = count;
        System.Array.Copy(_scratch, HeaderSize, Content, 0, count);
        _newest = slot;
        return true;
    }

    private uint Check(int count) => Crc32.Continue(Crc32.Of(_scratch, 0, 4), _scratch, 8, 4 + count);
}
