using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Provisioning;

/// <summary>
/// Moves the key ring from epoch to epoch. The epoch is that of the newest stored config, and of <c>config.json</c> before the first: a config and
/// the epoch that it announces are one store, so that no loss of power can part them.
/// </summary>
internal sealed class Rotation
{
    private readonly Keyring _keys;
    private readonly Counters _counters;
    private int _announced;

    public Rotation(Keyring keys, Counters counters)
    {
        _keys = keys;
        _counters = counters;
    }

    /// <summary>Key epoch in use.</summary>
    public int Epoch => _keys.Epoch;

    /// <summary>Derives the keys of the epoch in use; of epoch 1 where none is known.</summary>
    /// <param name="root">Root key, 32 bytes; kept, not copied.</param>
    public void Load(byte[] root)
    {
        int provisioned = _counters.Epoch == 0 ? 1 : _counters.Epoch;
        int epoch = _announced > provisioned ? _announced : provisioned;

        // The epoch before it counts only where it was announced, and until it has been heard.
        _keys.Set(root, epoch, epoch == provisioned || _counters.ConfirmedEpoch >= epoch);
    }

    /// <summary>Takes the epoch of <c>config.json</c>, unless a rotation went further; <see cref="Load"/> follows.</summary>
    public void Provision(int epoch)
    {
        if (epoch <= _counters.Epoch) return;
        _counters.Epoch = epoch;
        _counters.Store();
    }

    /// <summary>Takes the epoch of a config that is stored; the epoch before it stays valid.</summary>
    public void Announce(int epoch)
    {
        if (epoch <= _keys.Epoch) return;
        _announced = epoch;
        Load(_keys.Root);
    }

    /// <summary>A message signed with a key of <paramref name="epoch"/> has passed the gate; the first of the announced epoch ends the rotation.</summary>
    public void Confirm(int epoch)
    {
        if (epoch != _keys.Epoch || epoch <= _counters.ConfirmedEpoch) return;
        _keys.Confirm();
        _counters.ConfirmedEpoch = epoch;
        _counters.Store();
    }

    /// <summary>The memory has been wiped.</summary>
    public void Forget() => _announced = 0;
}
