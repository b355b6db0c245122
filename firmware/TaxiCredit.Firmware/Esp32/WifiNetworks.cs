using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using TaxiCredit.Firmware.Logic.Provisioning;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The WiFi networks of the unit, tried in order.</summary>
internal sealed class WifiNetworks
{
    /// <summary>Timeout for one network, ms.</summary>
    private const int TimeoutMilliseconds = 20000;

    private readonly UnitConfig _config;
    private int _next;

    public WifiNetworks(UnitConfig config)
    {
        _config = config;
    }

    /// <summary>Ensures an IP address: returns at once while there is one, else tries one network. Blocks for up to 20 s.</summary>
    public bool TryConnect()
    {
        if (HasAddress()) return true;
        if (_config.Networks == 0) return false;

        // Setting the helper up twice throws, so every attempt resets it first.
        WifiNetworkHelper.Reset();
        int network = _next;
        _next = (_next + 1) % _config.Networks;
        var timeout = new CancellationTokenSource(TimeoutMilliseconds);
        return WifiNetworkHelper.ConnectDhcp(_config.Ssids[network], _config.Passphrases[network], token: timeout.Token);
    }

    private static bool HasAddress()
    {
        NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
        for (int i = 0; i < all.Length; i++)
        {
            string address = all[i].IPv4Address;
            if (!string.IsNullOrEmpty(address) && address != "0.0.0.0") return true;
        }

        return false;
    }
}
