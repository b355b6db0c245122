using System.Text;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// Whose memory this is: display id, root key and the id of the journal, in both slots. The key is stored here, beside the message that it
/// verifies, because the first light comes before any file system.
/// </summary>
internal sealed class Identity
{
    private const int JournalIdSize = 8;
    private const int MaxIdBytes = 32;
    private const int Length = JournalIdSize + 1 + MaxIdBytes + Keyring.KeySize;

    private readonly IMemory _memory;
    private readonly SlotPair _slots;
    private readonly byte[] _scratch;
    private readonly byte[] _bytes = new byte[Length];

    public Identity(IMemory memory, byte[] scratch)
    {
        _memory = memory;
        _scratch = scratch;
        _slots = new SlotPair(memory, MemoryMap.Identity, MemoryMap.IdentityCapacity, scratch);
    }

    /// <summary>Display id; empty until the unit is provisioned.</summary>
    public string DisplayId { get; private set; } = "";

    /// <summary>Root key, or null until the unit is provisioned.</summary>
    public byte[]? RootKey { get; private set; }

    /// <summary>16 hex digits; new with a new memory.</summary>
    public string JournalId { get; private set; } = "";

    /// <summary>Whether the memory holds what is in use, in both slots and in the present layout.</summary>
    public bool IsSafe => _slots.Read != SlotRead.Unread && _slots.IsTwice && _slots.Tag == MemoryMap.Version;

    /// <summary>The memory has a layout before this one.</summary>
    public bool HasOldLayout => _slots.Read == SlotRead.Found && _slots.Tag >= MemoryMap.FirstVersion && _slots.Tag < MemoryMap.Version;

    /// <summary>Version of the layout that the memory has, where one was found.</summary>
    public int Layout => _slots.Tag;

    /// <summary>Two port calls. What is in use stays unless an identity is found.</summary>
    /// <returns>One of <see cref="SlotRead"/>; a layout that is not known counts as blank.</returns>
    public int Load()
    {
        if (_slots.Load() != SlotRead.Found) return _slots.Read;
        if (_slots.Tag < MemoryMap.FirstVersion || _slots.Tag > MemoryMap.Version) return SlotRead.Blank;

        byte[] bytes = _slots.Content;
        JournalId = Hex.Of(bytes, JournalIdSize);
        int length = bytes[JournalIdSize];
        if (length == 0) return SlotRead.Found;

        DisplayId = Encoding.UTF8.GetString(bytes, JournalIdSize + 1, length);
        RootKey = new byte[Keyring.KeySize];
        System.Array.Copy(bytes, JournalIdSize + 1 + MaxIdBytes, RootKey, 0, Keyring.KeySize);
        return SlotRead.Found;
    }

    public bool Is(string displayId, byte[] rootKey) =>
        RootKey != null && DisplayId == displayId && Bytes.AreEqual(RootKey, 0, rootKey, 0, Keyring.KeySize);

    /// <summary>Puts an identity to use without storing it: the memory does not answer, and may hold another.</summary>
    public void Assume(string displayId, byte[]? rootKey, string journalId)
    {
        DisplayId = displayId;
        RootKey = rootKey;
        JournalId = journalId;
    }

    /// <summary>Stores what is in use in both slots, in the present layout.</summary>
    public void Store()
    {
        Hex.Put(JournalId, _bytes);
        int length = RootKey == null ? 0 : DisplayId.Length;
        _bytes[JournalIdSize] = (byte)length;
        System.Array.Clear(_bytes, JournalIdSize + 1, Length - JournalIdSize - 1);
        if (RootKey != null)
        {
            Encoding.UTF8.GetBytes(DisplayId, 0, length, _bytes, JournalIdSize + 1);
            System.Array.Copy(RootKey, 0, _bytes, JournalIdSize + 1 + MaxIdBytes, Keyring.KeySize);
        }

        _slots.StoreTwice(MemoryMap.Version, _bytes, Length);
    }

    /// <summary>
    /// Wipes the memory and begins a new journal. The identity is wiped first and written last: a power loss in between
    /// leaves a memory without one, which is formatted again.
    /// </summary>
    public void Format(string displayId, byte[]? rootKey, byte[] journalId)
    {
        Wipe();
        _slots.Load();
        DisplayId = rootKey == null ? "" : displayId;
        RootKey = rootKey;
        JournalId = Hex.Of(journalId, JournalIdSize);
        Store();
    }

    private void Wipe()
    {
        System.Array.Clear(_scratch, 0, _scratch.Length);
        Wipe(0, MemoryMap.Calibration);

        // What the bench found belongs to the board, whoever it displays, and so do its programs.
        Wipe(MemoryMap.Journal, MemoryMap.Programs);
    }

    private void Wipe(int from, int to)
    {
        for (int at = from; at < to; at += _scratch.Length)
        {
            int left = to - at;
            _memory.Write(at, _scratch, left < _scratch.Length ? left : _scratch.Length);
        }
    }
}
