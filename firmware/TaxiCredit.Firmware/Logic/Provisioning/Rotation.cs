using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Provisioning;

/// <summary>Moves the key ring from epoch to epoch and stores the epoch, so that a rotation survives a restart.</summary>
internal sealed class Rotation
{
    private readonly Keyring _keys;
    private readonly Counters _counters;

    public Rotation(Keyring keys, Counters counters)
    {
        _keys = keys;
        _counters = counters;
    }

    /// <summary>Key epoch in use.</summary>
    public int Epoch => _keys.Epoch;

    /// <summary>Derives the keys of the stored epoch; of epoch 1 where none is stored.</summary>
    /// <param name="root">Root key, 32 bytes; kept, not copied.</param>
    public void Load(byte[] root) => _keys.Set(root, _counters.Epoch == 0 ? 1 : _counters.Epoch, _counters.IsEpochConfirmed);

    /// <summary>Takes the epoch of <c>config.json</c>, unless a rotation went further; <see cref="Load"/> follows.</summary>
    public void Provision(int epoch)
    {
        if (epoch > _counters.Epoch) Store(epoch, true);
    }

    /// <summary>Takes the epoch that a <c>config</c> message announces; the epoch before it stays valid.</summary>
    public void Announce(int epoch)
    {
        if (epoch <= _keys.Epoch) return;
        _keys.Advance();
        Store(_keys.Epoch, _keys.Confirmed);
    }

    /// <summary>A message signed with a key of <paramref name="epoch"/> has passed the gate; the first of the announced epoch ends the rotation.</summary>
    public void Confirm(int epoch)
    {
        if (epoch != _keys.Epoch || _keys.Confirmed) return;
        _keys.Confirm();
        Store(_keys.Epoch, true);
    }

    private void Store(int epoch, bool isConfirmed)
    {
        _counters.Epoch = epoch;
        _counters.IsEpochConfirmed = isConfirmed;
        _counters.Store();
    }
}
