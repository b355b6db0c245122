using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// The link on M2Mqtt. Connecting blocks, for minutes if a broker stalls the TLS handshake, so it runs on a thread of its own;
/// a stall of the whole runtime is ended by the watchdog. The client keeps the address it resolved and does not reconnect, so
/// every attempt makes a new one.
/// </summary>
internal sealed class M2MqttLink : ILink
{
    private const int KeepAliveSeconds = 30;

    private readonly UnitConfig _config;
    private readonly WifiNetworks _networks;
    private readonly AutoResetEvent _wake;
    private readonly AutoResetEvent _wanted = new AutoResetEvent(false);
    private readonly object _gate = new object();
    private readonly string _stateTopic;
    private X509Certificate? _authority;
    private MqttClient? _client;
    private int _wantedAttempt;
    private string _password = "";
    private int _lastId;
    private ushort _lastPacket;

    /// <param name="config">Broker, authority, networks.</param>
    /// <param name="wake">Set at every report.</param>
    public M2MqttLink(UnitConfig config, AutoResetEvent wake)
    {
        _config = config;
        _wake = wake;
        _networks = new WifiNetworks(config);
        _stateTopic = new Topics(config.DisplayId).State;
        new Thread(Work).Start();
    }

    public LinkInbox Inbox { get; } = new LinkInbox();

    public void Open(int attempt, string password)
    {
        lock (_gate)
        {
            _wantedAttempt = attempt;
            _password = password;
        }

        _wanted.Set();
    }

    public void Close()
    {
        lock (_gate)
        {
            _wantedAttempt = 0;
        }

        _wanted.Set();
    }

    public void Subscribe(string[] topics)
    {
        var levels = new MqttQoSLevel[topics.Length];
        for (int i = 0; i < levels.Length; i++) levels[i] = MqttQoSLevel.AtLeastOnce;
        try
        {
            MqttClient? client = _client;
            if (client != null) client.Subscribe(topics, levels);
        }
        catch (Exception)
        {
            Report(LinkReport.Failed, 0);
        }
    }

    public void Publish(int id, string topic, byte[] payload, bool retain)
    {
        try
        {
            MqttClient? client = _client;
            if (client == null) return;
            _lastId = id;
            _lastPacket = client.Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);
        }
        catch (Exception)
        {
            Report(LinkReport.Failed, id);
        }
    }

    private void Work()
    {
        while (true)
        {
            _wanted.WaitOne();
            int attempt;
            string password;
            lock (_gate)
            {
                attempt = _wantedAttempt;
                password = _password;
            }

            End();
            if (attempt != 0) Connect(attempt, password);
        }
    }

    private void Connect(int attempt, string password)
    {
        int outcome = LinkReport.Closed;
        try
        {
            if (_networks.TryConnect()) outcome = ConnectToBroker(attempt, password);
        }
        catch (Exception)
        {
            // No address, no route, no such name, a bad certificate: the session retries in any case.
            outcome = LinkReport.Closed;
        }

        Report(outcome, attempt);
    }

    private int ConnectToBroker(int attempt, string password)
    {
        // An invalid certificate throws here, where it costs the attempt and not the control loop.
        if (_config.Tls) _authority ??= new X509Certificate(_config.Ca);
        MqttSslProtocols protocol = _config.Tls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None;
        var client = new MqttClient(_config.Broker, _config.Port, _config.Tls, _authority, null, protocol);
        client.MqttMsgPublishReceived += (sender, e) => Inbound(client, e);
        client.MqttMsgPublished += (sender, e) => OnPublished(client, e);
        client.ConnectionClosed += (sender, e) =>
        {
            if (client == _client) Report(LinkReport.Closed, attempt);
        };
        _client = client;
        MqttReasonCode code = client.Connect(
            _config.DisplayId, _config.DisplayId, password, true, MqttQoSLevel.AtLeastOnce, true, _stateTopic, "offline", true, KeepAliveSeconds);
        return code switch
        {
            MqttReasonCode.Success => LinkReport.Opened,
            MqttReasonCode.ConnectionRefusedBadUserNameOrPassword or MqttReasonCode.ConnectionRefusedNotAuthorized => LinkReport.Denied,
            _ => LinkReport.Closed,
        };
    }

    private void End()
    {
        MqttClient? client = _client;
        _client = null;
        if (client == null) return;
        try
        {
            if (client.IsConnected) client.Disconnect();
            client.Dispose();
        }
        catch (Exception)
        {
            // The connection is already broken.
            return;
        }
    }

    private void Inbound(MqttClient client, MqttMsgPublishEventArgs e)
    {
        if (client != _client) return;
        Inbox.Add(LinkReport.Message, 0, e.Topic, e.Message);
        _wake.Set();
    }

    private void OnPublished(MqttClient client, MqttMsgPublishedEventArgs e)
    {
        if (client != _client) return;

        // Only the newest is identified: the broker acknowledges in order.
        int id = e.MessageId == _lastPacket ? _lastId : 0;
        Report(e.IsPublished ? LinkReport.Delivered : LinkReport.Failed, id);
    }

    private void Report(int kind, int number)
    {
        Inbox.Add(kind, number, "", null);
        _wake.Set();
    }
}
