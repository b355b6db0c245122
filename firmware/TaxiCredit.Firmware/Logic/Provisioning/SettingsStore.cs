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

    public bool IsRead => _stored.IsRead;

    /// <summary>The memory has been wiped.</summary>
    public void Forget()
    {
        Current = new Settings();
        _rotation.Forget();
        _stored.Forget();
    }

    /// <summary>Takes the stored settings, unless newer ones are in use, and their epoch.</summary>
    public void Load(string topic)
    {
        if (_stored.TryLoad(_gate, topic))
        {
            Settings? settings = Settings.Read(_gate.Reader, _gate.Now);
            if (settings != null && settings.Rev > Rev)
            {
                Current = settings;
                _stored.Use(_gate, settings.Rev);
            }
        }

        StoreAgain();
    }

    /// <summary>Tries again to store settings that the memory refused. Their epoch is taken only then, as it would be forgotten
    /// after a restart; a unit without any memory has none to forget.</summary>
    public void StoreAgain()
    {
        _stored.StoreAgain();
        if (IsSafe || !IsRead) _rotation.Announce(Current.Epoch);
    }

    /// <summary>Takes the message that just passed the gate, and the epoch that it announces. New settings have a new <see cref="Rev"/>.</summary>
    /// <param name="payload">The whole message, for the memory.</param>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(byte[] payload)
    {
        Settings? settings = Settings.Read(_gate.Reader, _gate.Now);
        if (settings == null) return Refusal.Form;
        if (!_stored.IsSame(_gate, settings.Rev))
        {
            if (settings.Rev <= _stored.Rev) return Refusal.Old;
            bool isNext = settings.Epoch == _rotation.Epoch || settings.Epoch == _rotation.Epoch + 1;
            if (!isNext && _gate.Epoch != Keyring.Lost) return Refusal.Form;

            _stored.Store(_gate, settings.Rev, payload);
            Current = settings;
        }

        StoreAgain();
        return Refusal.None;
    }
}
