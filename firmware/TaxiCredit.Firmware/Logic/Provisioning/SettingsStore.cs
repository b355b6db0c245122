using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Provisioning;

/// <summary>Stores the newest authentic settings; before the first, the defaults apply.</summary>
internal sealed class SettingsStore
{
    private readonly StoredMessage _stored;
    private readonly Gate _gate;
    private readonly Rotation _rotation;

    public SettingsStore(IMemory memory, Gate gate, Rotation rotation, byte[] scratch)
    {
        _stored = new StoredMessage(memory, MemoryMap.Config, scratch);
        _gate = gate;
        _rotation = rotation;
    }

    public Settings Current { get; private set; } = new Settings();

    /// <summary>Revision of the settings in use, 0 when they are the defaults.</summary>
    public long Rev => _stored.Rev;

    public bool IsSafe => _stored.IsSafe;

    /// <summary>The memory has been wiped.</summary>
    public void Forget()
    {
        Current = new Settings();
        _stored.Forget();
    }

    public void Load(string topic)
    {
        if (!_stored.TryLoad(_gate, topic)) return;
        Settings? settings = Settings.Read(_gate.Reader);
        if (settings == null) return;

        Current = settings;
        _stored.Use(_gate, settings.Rev);
    }

    /// <summary>Takes the message that just passed the gate, and the epoch that it announces. New settings have a new <see cref="Rev"/>.</summary>
    /// <param name="payload">The whole message, for the memory.</param>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(byte[] payload)
    {
        Settings? settings = Settings.Read(_gate.Reader);
        if (settings == null) return Refusal.Form;
        if (_stored.IsSame(_gate, settings.Rev)) return Refusal.None;
        if (settings.Rev <= _stored.Rev) return Refusal.Old;
        if (settings.Epoch != _rotation.Epoch && settings.Epoch != _rotation.Epoch + 1) return Refusal.Form;

        _stored.Store(_gate, settings.Rev, payload);
        Current = settings;
        _rotation.Announce(settings.Epoch);
        return Refusal.None;
    }
}
