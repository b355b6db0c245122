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
/// The link on M2Mqtt. Connecting blocks, without any time-out, so it runs on a thread of its own, which is replaced when it does not return; a stall
/// of the whole runtime is ended by the watchdog. The client keeps the address it resolved and does not reconnect, so every attempt makes a new one.
/// </summary>
internal sealed class M2MqttLink : ILink
{
    /// <summary>Workers left behind: each keeps a thread, a client and a socket, and the heap has room for so many.</summary>
    public const int MaxLost = 3;

    private readonly UnitConfig _config;
    private readonly Networks _networks;
    private readonly AutoResetEvent _wake;
    private readonly AutoResetEvent _wanted = new AutoResetEvent(false);
    private readonly object _gate = new object();
    private readonly string _stateTopic;
    private X509Certificate? _authority;
    private MqttClient? _client;
    private LinkWorker _worker;
    private int _lost;
    private int _wantedAttempt;
    private string _password = "";
    private int _lastId;
    private int _lastPacket = -1;
    private int _earlyPacket = -1;

    /// <param name="config">Broker, authority.</param>
    /// <param name="networks">How it gets to the broker.</param>
    /// <param name="wake">Set at every report.</param>
    public M2MqttLink(UnitConfig config, Networks networks, AutoResetEvent wake)
    {
        _config = config;
        _wake = wake;
        _networks = networks;
        _stateTopic = new Topics(config.DisplayId).State;
        _worker = NewWorker();
    }

    public LinkInbox Inbox { get; } = new LinkInbox();

    public bool IsAlive
    {
        get
        {
            lock (_gate)
            {
                return !_worker.IsReplaced && _worker.Thread!.IsAlive;
            }
        }
    }

    public void Open(int attempt, string password)
    {
        lock (_gate)
        {
            _wantedAttempt = attempt;
            _password = password;
            ReplaceWorker();
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
            lock (_gate)
            {
                _lastPacket = -1;
                _earlyPacket = -1;
            }

            ushort packet = client.Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);
            bool isDelivered;
            lock (_gate)
            {
                _lastId = id;
                _lastPacket = packet;
                isDelivered = _earlyPacket == packet;
            }

            // The PUBACK was here before Publish had returned.
            if (isDelivered) Report(LinkReport.Delivered, id);
        }
        catch (Exception)
        {
            Report(LinkReport.Failed, id);
        }
    }

    private LinkWorker NewWorker()
    {
        var worker = new LinkWorker();
        worker.Thread = Threads.New(() => Work(worker));
        worker.Thread.Start();
        return worker;
    }

    /// <summary>The session gives an attempt up when it takes too long; whoever still carries it out will hardly return.</summary>
    private void ReplaceWorker()
    {
        if (!_worker.IsReplaced)
        {
            if (_worker.Attempt == LinkWorker.Idle || _worker.IsEnding()) return;
            _worker.IsReplaced = true;
            _lost++;
        }

        if (_lost <= MaxLost) _worker = NewWorker();
    }

    private void Work(LinkWorker worker)
    {
        while (true)
        {
            _wanted.WaitOne();
            int attempt;
            string password;
            MqttClient? before;
            lock (_gate)
            {
                attempt = _wantedAttempt;
                password = _password;
                worker.Begin(attempt);
                before = _client;
                _client = null;
            }

            End(before);
            if (attempt != 0) Connect(worker, attempt, password);
            lock (_gate)
            {
                worker.Attempt = LinkWorker.Idle;
                if (worker.IsReplaced) break;
            }
        }

        // It has come back after all.
        lock (_gate)
        {
            _lost--;
        }
    }

    private void Connect(LinkWorker worker, int attempt, string password)
    {
        int outcome = LinkReport.Closed;
        try
        {
            if (_networks.TryConnect())
            {
                outcome = ConnectToBroker(worker, attempt, password);
                if (!worker.IsReplaced) _networks.NoteOutcome(outcome != LinkReport.Closed);
            }
        }
        catch (Exception)
        {
            // No address, no route, no such name, a bad certificate: the session retries in any case.
            outcome = LinkReport.Closed;
        }

        Report(outcome, attempt);
    }

    private int ConnectToBroker(LinkWorker worker, int attempt, string password)
    {
        MqttReasonCode code = MqttReasonCode.UnspecifiedError;
        try
        {
            // An invalid certificate throws here, where it costs the attempt and not the control loop.
            if (_config.Tls) _authority ??= Authority.Of(_config.Ca);
            MqttSslProtocols protocol = _config.Tls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None;
            var client = new MqttClient(_config.Broker, _config.Port, _config.Tls, _authority, null, protocol);
            Listen(client, attempt);

            // A refusal ends in an exception that does not say why; the code is here before it.
            client.ConnectionOpened += (sender, e) => code = e.Message.ReturnCode;
            if (!TryUse(worker, client)) return LinkReport.Closed;
            code = client.Connect(
                _config.DisplayId, _config.DisplayId, password, true, MqttQoSLevel.AtLeastOnce, true, _stateTopic, "offline", true, StateSender.KeepAlive);
        }
        catch (Exception)
        {
            // Refused, or not reached at all: the code tells. One that was accepted and then failed is no connection.
            if (code == MqttReasonCode.Success) code = MqttReasonCode.UnspecifiedError;
        }

        return code switch
        {
            MqttReasonCode.Success => LinkReport.Opened,
            MqttReasonCode.ConnectionRefusedBadUserNameOrPassword or MqttReasonCode.ConnectionRefusedNotAuthorized => LinkReport.Denied,
            _ => LinkReport.Closed,
        };
    }

    private bool TryUse(LinkWorker worker, MqttClient client)
    {
        lock (_gate)
        {
            if (worker.IsReplaced) return false;
            _client = client;
            return true;
        }
    }

    private void Listen(MqttClient client, int attempt)
    {
        client.MqttMsgPublishReceived += (sender, e) =>
        {
            if (client != _client) return;
            Inbox.Add(LinkReport.Message, 0, e.Topic, e.Message);
            _wake.Set();
        };
        client.MqttMsgPublished += (sender, e) => OnPublished(client, e);
        client.MqttMsgSubscribed += (sender, e) => OnSubscribed(client, e, attempt);
        client.ConnectionClosed += (sender, e) =>
        {
            if (client == _client) Report(LinkReport.Closed, attempt);
        };
    }

    private void OnPublished(MqttClient client, MqttMsgPublishedEventArgs e)
    {
        if (client != _client) return;

        // Only the newest is identified: the broker acknowledges in order.
        int id;
        lock (_gate)
        {
            id = e.MessageId == _lastPacket ? _lastId : 0;
            if (id == 0 && e.IsPublished) _earlyPacket = e.MessageId;
        }

        Report(e.IsPublished ? LinkReport.Delivered : LinkReport.Failed, id);
    }

    private void OnSubscribed(MqttClient client, MqttMsgSubscribedEventArgs e, int attempt)
    {
        if (client != _client) return;
        bool isGranted = e.GrantedQoSLevels.Length > 0;
        for (int i = 0; i < e.GrantedQoSLevels.Length; i++) isGranted = isGranted && e.GrantedQoSLevels[i] == MqttQoSLevel.AtLeastOnce;
        Report(isGranted ? LinkReport.Subscribed : LinkReport.Failed, isGranted ? attempt : 0);
    }

    private static void End(MqttClient? client)
    {
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

    private void Report(int kind, int number)
    {
        Inbox.Add(kind, number, "", null);
        _wake.Set();
    }
}
