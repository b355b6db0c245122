using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>
/// Chooses among the unit's WiFi networks. One that gives no address is left at once, one that gives an address and no broker after
/// <see cref="AttemptsWithoutBroker"/>: an access point without internet must not keep the unit from the next. With one network the same rule
/// joins it anew. Used by one thread at a time.
/// </summary>
internal sealed class Networks
{
    public const int AttemptsWithoutBroker = 3;

    private readonly IRadio _radio;
    private readonly UnitConfig _config;
    private int _current;
    private int _failures;
    private bool _isJoined;

    public Networks(IRadio radio, UnitConfig config)
    {
        _radio = radio;
        _config = config;

        // The platform joins by itself what it has stored.
        for (int i = 0; i < config.Networks; i++)
        {
            if (!radio.IsStored(config.Ssids[i], config.Passphrases[i])) continue;
            _current = i;
            _isJoined = true;
        }
    }

    /// <summary>Index of the network in use.</summary>
    public int Current => _current;

    /// <summary>Ensures an address: returns at once while there is one, else joins one network. May block for as long as the radio waits.</summary>
    public bool TryConnect()
    {
        if (_config.Networks == 0) return _radio.HasAddress();
        if (_isJoined && _radio.HasAddress()) return true;

        string ssid = _config.Ssids[_current];
        string passphrase = _config.Passphrases[_current];
        _isJoined = _radio.IsStored(ssid, passphrase) ? _radio.Rejoin() : _radio.Join(ssid, passphrase);
        if (!_isJoined) Leave();
        return _isJoined;
    }

    /// <summary>How the attempt on the network ended.</summary>
    /// <param name="isBroker">A broker answered, and be it with a refusal.</param>
    public void NoteOutcome(bool isBroker)
    {
        _failures = isBroker ? 0 : _failures + 1;
        if (_failures >= AttemptsWithoutBroker) Leave();
    }

    private void Leave()
    {
        _failures = 0;
        _isJoined = false;
        if (_config.Networks > 0) _current = (_current + 1) % _config.Networks;
    }
}
