using System.Text;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// Whose memory this is: display id, root key and the id of the journal. The key is stored here, beside the message that it
/// verifies, because the first light comes before any file system.
/// </summary>
internal sealed class Identity
{
    private const int JournalIdSize = 8;
    private const int MaxIdBytes = 32;

    private readonly IMemory _memory;
    private readonly SlotPair _slots;
    private readonly byte[] _scratch;

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

    /// <summary>False when the memory does not answer.</summary>
    public bool IsSafe { get; private set; } = true;

    /// <summary>Two port calls.</summary>
    /// <returns>False when the memory is new or of another version, and has to be formatted; or does not answer.</returns>
    public bool TryLoad()
    {
        IsSafe = _slots.Load();
        if (_slots.Length == 0 || _slots.Tag != MemoryMap.Version) return false;

        byte[] bytes = _slots.Content;
        JournalId = Hex.Of(bytes, JournalIdSize);
        int length = bytes[JournalIdSize];
        if (length == 0) return true;

        DisplayId = Encoding.UTF8.GetString(bytes, JournalIdSize + 1, length);
        RootKey = new byte[Keyring.KeySize];
        System.Array.Copy(bytes, JournalIdSize + 1 + MaxIdBytes, RootKey, 0, Keyring.KeySize);
        return true;
    }

    public bool Is(string displayId, byte[] rootKey) =>
        RootKey != null && DisplayId == displayId && Bytes.AreEqual(RootKey, 0, rootKey, 0, Keyring.KeySize);

    /// <summary>
    /// Wipes the memory and begins a new journal. The identity is wiped first and written last: a power loss in between
    /// leaves a memory without one, which is formatted again.
    /// </summary>
    public void Format(string displayId, byte[]? rootKey, byte[] journalId)
    {
        Wipe();
        byte[] bytes = new byte[JournalIdSize + 1 + MaxIdBytes + Keyring.KeySize];
        System.Array.Copy(journalId, 0, bytes, 0, JournalIdSize);
        if (rootKey != null)
        {
            bytes[JournalIdSize] = (byte)displayId.Length;
            Encoding.UTF8.GetBytes(displayId, 0, displayId.Length, bytes, JournalIdSize + 1);
            System.Array.Copy(rootKey, 0, bytes, JournalIdSize + 1 + MaxIdBytes, Keyring.KeySize);
        }

        IsSafe = _slots.Load() && _slots.Store(MemoryMap.Version, bytes, bytes.Length);
        JournalId = Hex.Of(journalId, JournalIdSize);
        DisplayId = rootKey == null ? "" : displayId;
        RootKey = rootKey;
    }

    private void Wipe()
    {
        System.Array.Clear(_scratch, 0, _scratch.Length);
        Wipe(0, MemoryMap.Calibration);

        // What the bench found belongs to the board, whoever it displays.
        Wipe(MemoryMap.Journal, MemoryMap.Size);
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
