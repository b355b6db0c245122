using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>The newest message of a topic, stored whole, so that its MAC can be verified again at power-up.</summary>
internal sealed class StoredMessage
{
    private readonly SlotPair _slots;
    private readonly byte[] _mac = new byte[Envelope.MacSize];
    private byte[]? _unstored;
    private int _unstoredEpoch;

    public StoredMessage(IMemory memory, int address, byte[] scratch)
    {
        _slots = new SlotPair(memory, address, MemoryMap.MessageCapacity, scratch);
    }

    /// <summary>Revision of the newest accepted message, 0 when there is none.</summary>
    public long Rev { get; private set; }

    /// <summary>False when the memory was not read, or the newest message is not in it: it is in use, but lost with the supply.</summary>
    public bool IsSafe => IsRead && _unstored == null;

    /// <summary>False when the memory did not answer; nothing is stored then.</summary>
    public bool IsRead => _slots.Read != SlotRead.Unread;

    /// <summary>The memory has been wiped.</summary>
    public void Forget()
    {
        _slots.Load();
        _unstored = null;
        Rev = 0;
    }

    /// <summary>Reads the memory.</summary>
    /// <returns>True when <paramref name="gate"/> describes a message that is authentic, to be put to use if it is newer than <see cref="Rev"/>.</returns>
    public bool TryLoad(Gate gate, string topic) =>
        _slots.Load() == SlotRead.Found && gate.AdmitStored(_slots.Content, _slots.Length, _slots.Tag, topic) == Refusal.None;

    /// <summary>Puts the loaded or received message to use.</summary>
    public void Use(Gate gate, long rev)
    {
        Rev = rev;
        _unstored = null;
        System.Array.Copy(gate.Mac, _mac, _mac.Length);
    }

    public bool IsSame(Gate gate, long rev) => rev == Rev && Bytes.AreEqual(_mac, 0, gate.Mac, 0, _mac.Length);

    public void Store(Gate gate, long rev, byte[] payload)
    {
        Use(gate, rev);
        _unstored = payload;
        _unstoredEpoch = gate.Epoch;
        StoreAgain();
    }

    /// <summary>Tries again to store a message that the memory refused.</summary>
    public void StoreAgain()
    {
        if (_unstored != null && _slots.Store(_unstoredEpoch, _unstored, _unstored.Length)) _unstored = null;
    }
}
