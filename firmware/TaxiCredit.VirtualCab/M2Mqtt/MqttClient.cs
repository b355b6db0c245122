using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.VirtualCab.M2Mqtt;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// Stand-in of nanoFramework's M2Mqtt 5.1 on .NET, over a real connection, so that the device's own link is run against what it will meet. It does what the
/// real client was seen to do (firmware/README.md, "The client"): the address is resolved once; <c>Connect</c> has no time-out; a refusal is an exception,
/// with the code in ConnectionOpened before it; PUBACK may be handled before <c>Publish</c> has returned; a message without PUBACK is sent three times and
/// given up while the client stays connected; nothing is sent again after a connection broke, and nobody says so; what is published while it is not connected
/// queues without bound; a handler that throws disconnects; <c>Disconnect</c> raises ConnectionClosed and <c>Close</c> does not.
/// </summary>
internal sealed class MqttClient(string host, int port, bool secure, X509Certificate? authority, X509Certificate? own, MqttSslProtocols protocol) : IDisposable
{
    private const int Attempts = 3;

    private readonly IPAddress _address = Dns.GetHostAddresses(host, AddressFamily.InterNetwork)[0];
    private readonly ConcurrentQueue<byte[]> _queue = new();
    private readonly ConcurrentDictionary<ushort, ManualResetEventSlim> _unacknowledged = new();
    private readonly Lock _writing = new();
    private readonly ManualResetEventSlim _answered = new();
    private readonly TcpClient _socket = new(AddressFamily.InterNetwork);
    private ClientFaults _faults = new(0);
    private Stream? _stream;
    private Timer? _ping;
    private MqttReasonCode? _code;
    private bool _isDeaf;
    private bool _isClosed;
    private int _lastId;
    private long _sentAt;

    public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

    public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

    public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    public event MqttMsgPublishEventHandler? MqttMsgPublishReceived;

    public event MqttMsgPublishedEventHandler? MqttMsgPublished;

    public event MqttMsgSubscribedEventHandler? MqttMsgSubscribed;

    public event ConnectionOpenedEventHandler? ConnectionOpened;

    public event ConnectionClosedEventHandler? ConnectionClosed;

    public bool IsConnected { get; private set; }

    public MqttReasonCode Connect(
        string clientId,
        string username,
        string password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string willTopic,
        string willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        if (!willRetain || !willFlag || !cleanSession || willQosLevel != MqttQoSLevel.AtLeastOnce)
            throw new ArgumentException("a cab has a last will and a clean session");
        _faults = ClientFaults.Of(clientId);
        _faults.Client = this;
        try
        {
            if (_faults.IsNetworkDown) throw new IOException("no network");
            _socket.Connect(_address, port);
            _socket.NoDelay = true;
            _stream = secure ? Encrypted(_socket.GetStream()) : _socket.GetStream();
            new Thread(Receive) { IsBackground = true }.Start();
            Write(Packets.OfConnect(clientId, username, password, willTopic, willMessage, keepAlivePeriod));
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            throw new MqttCommunicationException(e);
        }

        _faults.Hang?.Wait();
        _answered.Wait();
        if (_code is not { } code) throw new MqttCommunicationException();
        ConnectionOpened?.Invoke(this, new ConnectionOpenedEventArgs(new MqttMsgConnack { ReturnCode = code }));

        // The broker closes, and the wait for its end is what throws.
        if (code != MqttReasonCode.Success) throw new MqttCommunicationException();
        IsConnected = true;
        while (_queue.TryDequeue(out byte[]? late)) Write(late);
        TimeSpan period = TimeSpan.FromSeconds(keepAlivePeriod);
        _ping = new Timer(_ => Ping(period), null, period, period);
        return code;
    }

    public ushort Subscribe(string[] topics, MqttQoSLevel[] levels)
    {
        ushort id = NextId();
        Send(Packets.OfSubscribe(id, topics, levels));
        return id;
    }

    public ushort Publish(string topic, byte[] message, string? contentType, System.Collections.ArrayList? userProperties, MqttQoSLevel level, bool retain)
    {
        if (contentType != null || userProperties != null || level != MqttQoSLevel.AtLeastOnce) throw new ArgumentException("MQTT 3.1.1 at QoS 1");
        ushort id = NextId();
        var acknowledged = new ManualResetEventSlim();
        _unacknowledged[id] = acknowledged;
        if (_faults.Happens(_faults.DeafOneIn)) _isDeaf = true;
        if (_faults.Happens(_faults.BreakOneIn))
        {
            Break();
            return id;
        }

        bool isGivenUp = _faults.Happens(_faults.GiveUpOneIn);
        if (!isGivenUp) Send(Packets.OfPublish(id, topic, message, retain, false));
        if (_faults.IsAckEarly && !isGivenUp && !_isDeaf && IsConnected) acknowledged.Wait(TimeSpan.FromMilliseconds(20));
        if (!acknowledged.IsSet)
            ThreadPool.QueueUserWorkItem(_ => Retry(id, acknowledged, isGivenUp ? null : Packets.OfPublish(id, topic, message, retain, true)));
        return id;
    }

    public void Disconnect()
    {
        if (IsConnected) Write(Packets.OfDisconnect);
        Close();
        ConnectionClosed?.Invoke(this, EventArgs.Empty);
    }

    public void Close()
    {
        IsConnected = false;
        _isClosed = true;
        _ping?.Dispose();
        _socket.Dispose();
    }

    public void Dispose() => Close();

    /// <summary>The network is gone: the socket ends without a word.</summary>
    public void Break() => _socket.Dispose();

    private ushort NextId() => (ushort)((Interlocked.Increment(ref _lastId) - 1) % 65535 + 1);

    private void Retry(ushort id, ManualResetEventSlim acknowledged, byte[]? again)
    {
        for (int attempt = 1; attempt < Attempts; attempt++)
        {
            if (acknowledged.Wait(_faults.Retry) || _isClosed || !IsConnected) return;
            if (again != null) Send(again);
        }

        if (acknowledged.Wait(_faults.Retry) || _isClosed || !IsConnected || _isDeaf) return;
        _unacknowledged.TryRemove(id, out _);
        Raise(() => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(id, false)));
    }

    private void Send(byte[] packet)
    {
        if (IsConnected) Write(packet);
        else _queue.Enqueue(packet);
    }

    private void Write(byte[] packet)
    {
        if (_isDeaf) return;
        try
        {
            lock (_writing) _stream!.Write(packet);
            Volatile.Write(ref _sentAt, Environment.TickCount64);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The receiving thread finds the connection broken; the message is lost.
            return;
        }
    }

    private void Ping(TimeSpan period)
    {
        if (Environment.TickCount64 - Volatile.Read(ref _sentAt) >= period.TotalMilliseconds) Write(Packets.OfPing);
    }

    private void Receive()
    {
        try
        {
            while (true)
            {
                (byte first, byte[] body) = Packets.Read(_stream!);
                if (_isDeaf) continue;
                Take(first, body);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            _answered.Set();
            bool wasConnected = IsConnected && !_isDeaf;
            if (!_isDeaf) IsConnected = false;
            if (wasConnected && !_isClosed) ConnectionClosed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Take(byte first, byte[] body)
    {
        switch (first >> 4)
        {
            case Packets.ConnectAck:
                _code = (MqttReasonCode)body[1];
                _answered.Set();
                break;
            case Packets.Publish:
                (string topic, ushort id, byte[] message) = Packets.ReadPublish(first, body);
                if (id != 0) Write(Packets.OfPublishAck(id));
                Raise(() => MqttMsgPublishReceived?.Invoke(this, new MqttMsgPublishEventArgs(topic, message)));
                break;
            case Packets.PublishAck when _unacknowledged.TryRemove(Packets.IdAt(body, 0), out ManualResetEventSlim? acknowledged):
                Raise(() => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(Packets.IdAt(body, 0), true)));
                acknowledged.Set();
                break;
            case Packets.SubscribeAck:
                MqttQoSLevel[] granted = [.. body.Skip(2).Select(level => (MqttQoSLevel)level)];
                Raise(() => MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(granted)));
                break;
            default:
                break;
        }
    }

    /// <summary>What a handler throws ends the connection.</summary>
    private void Raise(Action handler)
    {
        try
        {
            handler();
        }
#pragma warning disable CA1031 // Whatever it is: so does the real client.
        catch (Exception)
#pragma warning restore CA1031
        {
            Break();
        }
    }

    private SslStream Encrypted(Stream raw)
    {
        if (own != null || protocol != MqttSslProtocols.TLSv1_2) throw new ArgumentException("TLS 1.2 without a certificate of the client's own");
        var stream = new SslStream(raw);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(((Authority)authority!).All);
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = host, EnabledSslProtocols = SslProtocols.Tls12, CertificateChainPolicy = policy,
        });
        return stream;
    }
}
