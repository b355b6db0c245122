using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// The platform's WiFi. <c>ConnectDhcp</c> writes the network to flash at each call, <c>Reconnect</c> takes the stored one; setting the helper up twice
/// throws, so that every attempt resets it first.
/// </summary>
internal sealed class WifiRadio : IRadio
{
    /// <summary>Timeout for one network, ms; by default the helper waits for ever.</summary>
    private const int Timeout = 20000;

    public bool HasAddress()
    {
        NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
        for (int i = 0; i < all.Length; i++)
        {
            string address = all[i].IPv4Address;
            if (!string.IsNullOrEmpty(address) && address != "0.0.0.0") return true;
        }

        return false;
    }

    public bool IsStored(string ssid, string passphrase)
    {
        Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
        return stored.Length > 0 && stored[0].Ssid == ssid && stored[0].Password == passphrase;
    }

    public bool Rejoin()
    {
        WifiNetworkHelper.Reset();
        return WifiNetworkHelper.Reconnect(token: new CancellationTokenSource(Timeout).Token);
    }

    public bool Join(string ssid, string passphrase)
    {
        WifiNetworkHelper.Reset();
        return WifiNetworkHelper.ConnectDhcp(ssid, passphrase, token: new CancellationTokenSource(Timeout).Token);
    }
}
