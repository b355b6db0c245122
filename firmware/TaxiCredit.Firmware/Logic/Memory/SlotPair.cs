using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// One value in two slots: a write goes to the slot that does not hold the newest value, so that a power loss at any
/// byte leaves the old value or the new one. What must survive the loss of a slot as well is stored in both, one after the other.
/// <code>
/// slot: sequence (4) | CRC-32 of tag, length and content, begun with the sequence (4) | tag (2) | length (2) | content
/// </code>
/// </summary>
internal sealed class SlotPair
{
    private const int HeaderSize = 12;

    /// <summary>A slot that is not whole is read so often before it counts as torn: a bus may garble what it reads.</summary>
    private const int Looks = 3;

    private readonly IMemory _memory;
    private readonly int _address;
    private readonly int _slotSize;
    private readonly byte[] _scratch;
    private int _newest = 1;

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

    /// <summary>What the last <see cref="Load"/> came to, one of <see cref="SlotRead"/>; a stored value is found.</summary>
    public int Read { get; private set; } = SlotRead.Unread;

    /// <summary>The newest value; valid up to <see cref="Length"/>. Callers do not write to it.</summary>
    public byte[] Content { get; }

    /// <summary>Bytes of content, 0 when the pair holds none.</summary>
    public int Length { get; private set; }

    /// <summary>A number from 0 to 65,535 that the owner stored with the value.</summary>
    public int Tag { get; private set; }

    /// <summary>Sequence number of the newest value, 0 when the pair holds none.</summary>
    public uint Sequence { get; private set; }

    /// <summary>Both slots hold the newest value.</summary>
    public bool IsTwice { get; private set; }

    public static int SizeOfSlot(int capacity) => HeaderSize + capacity;

    /// <summary>Reads both slots: two port calls, unless a slot is torn.</summary>
    /// <returns>One of <see cref="SlotRead"/>.</returns>
    public int Load()
    {
        Length = 0;
        Sequence = 0;
        IsTwice = false;
        _newest = 1;
        bool isRead = TryConsider(0) & TryConsider(1);
        Read = !isRead ? SlotRead.Unread : Length == 0 ? SlotRead.Blank : SlotRead.Found;
        return Read;
    }

    /// <summary>Replaces the value.</summary>
    /// <returns>
    /// False when the pair was not read, or reading back fails to prove that the memory holds it; the value in use is then the old one.
    /// </returns>
    public bool Store(int tag, byte[] content, int count) =>
        Read != SlotRead.Unread && TryPut(1 - _newest, Sequence + 1, tag, content, count);

    /// <summary>Replaces the value in one slot and then in the other.</summary>
    /// <inheritdoc cref="Store"/>
    public bool StoreTwice(int tag, byte[] content, int count)
    {
        IsTwice = false;
        IsTwice = Store(tag, content, count) && TryPut(1 - _newest, Sequence, tag, content, count);
        return IsTwice;
    }

    private bool TryPut(int slot, uint sequence, int tag, byte[] content, int count)
    {
        Bytes.PutUInt32(_scratch, 0, sequence);
        Bytes.PutUInt16(_scratch, 8, tag);
        Bytes.PutUInt16(_scratch, 10, count);
        System.Array.Copy(content, 0, _scratch, HeaderSize, count);
        Bytes.PutUInt32(_scratch, 4, Check(count));
        if (!_memory.Write(AddressOf(slot), _scratch, HeaderSize + count)) return false;
        if (!_memory.Read(AddressOf(slot), _scratch, HeaderSize + count) || !IsWhole() || Bytes.GetUInt32(_scratch, 0) != sequence) return false;

        Take(slot);
        Read = SlotRead.Found;
        return true;
    }

    /// <returns>False when the slot did not answer.</returns>
    private bool TryConsider(int slot)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (!_memory.Read(AddressOf(slot), _scratch, _slotSize)) return false;

            uint sequence = Bytes.GetUInt32(_scratch, 0);
            if (sequence == 0) return true;
            if (!IsWhole()) continue;

            if (sequence == Sequence) IsTwice = true;
            if (sequence > Sequence) Take(slot);
            return true;
        }

        return true;
    }

    private bool IsWhole()
    {
        int count = Bytes.GetUInt16(_scratch, 10);
        return count > 0 && count <= Content.Length && Bytes.GetUInt32(_scratch, 4) == Check(count);
    }

    private void Take(int slot)
    {
        Sequence = Bytes.GetUInt32(_scratch, 0);
        Tag = Bytes.GetUInt16(_scratch, 8);
        Length = Bytes.GetUInt16(_scratch, 10);
        System.Array.Copy(_scratch, HeaderSize, Content, 0, Length);
        _newest = slot;
    }

    private int AddressOf(int slot) => _address + (slot * _slotSize);

    private uint Check(int count) => Crc32.Continue(Crc32.Of(_scratch, 0, 4), _scratch, 8, 4 + count);
}
