using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>The newest message of a topic, stored whole, so that its MAC can be verified again at power-up.</summary>
internal sealed class StoredMessage
{
    private readonly SlotPair _slots;
    private readonly byte[] _mac = new byte[Envelope.MacSize];

    public StoredMessage(IMemory memory, int address, byte[] scratch)
    {
        _slots = new SlotPair(memory, address, MemoryMap.MessageCapacity, scratch);
    }

    /// <summary>Revision of the newest accepted message, 0 when there is none.</summary>
    public long Rev { get; private set; }

    /// <summary>False when the newest message could not be stored: it is in use, but lost with the supply.</summary>
    public bool IsSafe { get; private set; } = true;

    /// <summary>The memory has been wiped.</summary>
    public void Forget()
    {
        IsSafe = _slots.Load();
        Rev = 0;
    }

    /// <summary>Reads the memory; on success <paramref name="gate"/> describes the message.</summary>
    public bool TryLoad(Gate gate, string topic)
    {
        IsSafe = _slots.Load();
        if (_slots.Length == 0) return false;
        return gate.AdmitStored(_slots.Content, _slots.Length, _slots.Tag, topic) == Refusal.None;
    }

    /// <summary>Puts the loaded or received message to use.</summary>
    public void Use(Gate gate, long rev)
    {
        Rev = rev;
        System.Array.Copy(gate.Mac, _mac, _mac.Length);
    }

    public bool IsSame(Gate gate, long rev) => rev == Rev && Bytes.AreEqual(_mac, 0, gate.Mac, 0, _mac.Length);

    public void Store(Gate gate, long rev, byte[] payload)
    {
        IsSafe = _slots.Store(gate.Epoch, payload, payload.Length);
        Use(gate, rev);
    }
}
