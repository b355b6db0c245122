using System;
using System.Threading;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.VirtualCab.M2Mqtt;

namespace TaxiCredit.VirtualCab.Mqtt;

/// <summary>The device's own link, on the stand-in of its client: with what that client does wrong.</summary>
internal sealed class DeviceLink : IVirtualLink, IRadio
{
    private const int OneIn = 48;

    private readonly AutoResetEvent _reported = new(false);
    private readonly RegisteredWaitHandle _registration;
    private readonly ClientFaults _faults;
    private readonly M2MqttLink _link;

    /// <param name="config">Display and broker.</param>
    /// <param name="wake">Called after a report.</param>
    /// <param name="seed">When the client fails.</param>
    public DeviceLink(UnitConfig config, Action wake, int seed)
        : this(config, wake, new ClientFaults(seed ^ config.DisplayId.GetHashCode(StringComparison.Ordinal)) { DeafOneIn = OneIn, BreakOneIn = OneIn, GiveUpOneIn = OneIn })
    {
    }

    public DeviceLink(UnitConfig config, Action wake, ClientFaults faults)
    {
        _faults = faults;
        ClientFaults.Set(config.DisplayId, faults);
        _registration = ThreadPool.RegisterWaitForSingleObject(_reported, (_, _) => wake(), null, Timeout.Infinite, false);
        _link = new M2MqttLink(config, new Networks(this, config), _reported);
    }

    public LinkInbox Inbox => _link.Inbox;

    public bool IsAlive => _link.IsAlive;

    public void Open(int attempt, string password) => _link.Open(attempt, password);

    public void Close() => _link.Close();

    public void Subscribe(string[] topics) => _link.Subscribe(topics);

    public void Publish(int id, string topic, byte[] payload, bool retain) => _link.Publish(id, topic, payload, retain);

    public void SetNetworkDown(bool isDown)
    {
        _faults.IsNetworkDown = isDown;
        if (isDown) _faults.Client?.Break();
    }

    public void Dispose()
    {
        _faults.Client?.Break();
        using var done = new ManualResetEvent(false);
        if (_registration.Unregister(done)) done.WaitOne();
    }

    bool IRadio.HasAddress() => !_faults.IsNetworkDown;

    bool IRadio.IsStored(string ssid, string passphrase) => false;

    bool IRadio.Rejoin() => !_faults.IsNetworkDown;

    bool IRadio.Join(string ssid, string passphrase) => !_faults.IsNetworkDown;
}
