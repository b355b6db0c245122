using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Mqtt.Tls;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// MQTT broker in this process. What cabs publish goes to the inbox and nowhere else, for this server is its only reader; what they
/// read comes from the mailboxes. MQTTnet does the rest: connections, sessions, acknowledgements. It listens on loopback, and where a certificate is set
/// also with TLS for cabs.
/// </summary>
internal sealed partial class EmbeddedBroker : ICabLink, IBrokerAddress, IHostedService, IDisposable
{
    /// <summary>For an accepted CONNECT on loopback.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(30);

    private readonly IPAddress _address;
    private readonly CabListener _listener;
    private readonly CabListener? _secure;
    private readonly TlsSettings? _tls;
    private readonly BrokerCertificate? _certificate;
    private readonly MqttServer _server;
    private readonly Mailboxes _mailboxes = new();
    private readonly CabAccess _access;
    private readonly CabInbox _inbox;
    private readonly RefusedCounts _refused;
    private readonly TimeProvider _time;
    private readonly ILogger<EmbeddedBroker> _log;

    /// <summary>By client id, the remote end of its present connection.</summary>
    private readonly ConcurrentDictionary<string, string> _present = new(StringComparer.Ordinal);

    /// <summary>One at a time comes or takes leave.</summary>
    private readonly SemaphoreSlim _coming = new(1);

    private volatile BrokerLink _link;

    public EmbeddedBroker(
        IOptions<MqttSettings> settings, CabAccess access, ICabIdentities cabs, CabInbox inbox, RefusedCounts refused, TimeProvider time,
        ILogger<EmbeddedBroker> log, BrokerCertificate? certificate = null)
    {
        (_access, _inbox, _refused, _time, _log) = (access, inbox, refused, time, log);
        (_tls, _certificate) = (settings.Value.Tls, certificate);
        _link = new(IsUp: false, time.GetUtcNow());
        var options = new MqttServerOptionsBuilder()
            .WithMaxPendingMessagesPerClient(settings.Value.MaxPendingPerCab)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
            .Build();
        _address = IPAddress.Parse(settings.Value.Address);
        // Who is on this machine is not counted by address: that of a whole fleet of virtual cabs is one.
        _listener = new CabListener(new(_address, settings.Value.Port), null, new(ConnectWithin, ArrivalLimits.Usual, ArrivalLimits.Usual), Refuse, time, log);
        if (_tls is not null)
        {
            var limits = new ArrivalLimits(TimeSpan.FromSeconds(_tls.ConnectSeconds), ArrivalLimits.Usual, _tls.MaxWaitingPerAddress);
            _secure = new CabListener(new(IPAddress.Parse(_tls.Address), _tls.Port), certificate!, limits, Refuse, time, log);
        }

        _server = new MqttServerFactory().CreateMqttServer(options, _secure is null ? [_listener] : [_listener, _secure]);
        _server.ValidatingConnectionAsync += OnConnectAsync;
        _server.InterceptingPublishAsync += OnPublishAsync;
        _server.InterceptingSubscriptionAsync += OnSubscribeAsync;
        _server.InterceptingUnsubscriptionAsync += OnUnsubscribeAsync;
        _server.ClientConnectedAsync += OnConnectedAsync;
        _server.ClientDisconnectedAsync += OnDisconnectedAsync;
        _server.QueuedApplicationMessageOverwrittenAsync += OnDroppedAsync;
        cabs.Died += displayCode => _ = EndAsync(displayCode);
    }

    public event Action? Connected;

    public event Action? Lost;

    /// <summary>Never: no other server uses this broker.</summary>
    public event Action<string>? Told
    {
        add { }
        remove { }
    }

    public BrokerLink Link => _link;

    public string Host => _tls?.Host ?? _address.ToString();

    /// <summary>The port in use, also where the settings left the choice to the system.</summary>
    public int Port => _tls?.CabPort ?? _secure?.Port ?? _listener.Port;

    public bool Tls => _tls is not null;

    public bool IsUp => _server.IsStarted;

    public string? Authority => _certificate?.Set.AuthoritiesPem;

    /// <summary>Port of the listener without TLS.</summary>
    public int LoopbackPort => _listener.Port;

    /// <summary>Connections that have not come to an accepted CONNECT.</summary>
    public int Waiting => _listener.Waiting + (_secure?.Waiting ?? 0);

    public async Task StartAsync(CancellationToken stop)
    {
        await _server.StartAsync();
        LogListening(LoopbackPort);
        if (_secure is not null)
            LogSecure(_tls!.Address, _secure.Port, _tls.Host, _certificate!.Set.Certificate.NotAfter);
        _link = new(IsUp: true, _time.GetUtcNow());
        Connected?.Invoke();
    }

    public async Task StopAsync(CancellationToken stop)
    {
        await _server.StopAsync(new MqttServerStopOptionsBuilder().Build());
        _link = new(IsUp: false, _time.GetUtcNow());
        Lost?.Invoke();
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken stop)
    {
        _mailboxes.Publish(topic, payload, retain);
        return Task.CompletedTask;
    }

    public Task TellAsync(string what) => Task.CompletedTask;

    public void Dispose()
    {
        _server.Dispose();
        _coming.Dispose();
    }

    private Task OnConnectAsync(ValidatingConnectionEventArgs connection)
    {
        if (_access.ToConnect(connection.ClientId, connection.UserName, connection.RawPassword) is { } because)
        {
            _refused.Add(connection.UserName, because);
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        }

        _listener.Welcome(connection.ChannelAdapter);
        _secure?.Welcome(connection.ChannelAdapter);
        return Task.CompletedTask;
    }

    private void Refuse(RefusedBecause because) => _refused.Add(null, because);

    private async Task OnPublishAsync(InterceptingPublishEventArgs publish)
    {
        publish.ProcessPublish = false;
        var message = publish.ApplicationMessage;
        if (CabAccess.ToPublish(publish.ClientId, message.Topic ?? "", message.Payload) is { } because)
        {
            _refused.Add(publish.ClientId, because);
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            publish.CloseConnection = true;
            return;
        }
        await _inbox.PutAsync(new CabMessage(message.Topic!, message.Payload.ToArray(), _time.GetUtcNow()), publish.CancellationToken);
    }

    private Task OnSubscribeAsync(InterceptingSubscriptionEventArgs subscription)
    {
        if (CabAccess.ToSubscribe(subscription.ClientId, subscription.TopicFilter.Topic) is { } because)
        {
            _refused.Add(subscription.ClientId, because);
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        }
        else
        {
            _mailboxes.Open(subscription.TopicFilter.Topic, subscription.Session, subscription.TopicFilter.QualityOfServiceLevel);
        }
        subscription.ProcessSubscription = false;
        return Task.CompletedTask;
    }

    private Task OnUnsubscribeAsync(InterceptingUnsubscriptionEventArgs unsubscription)
    {
        if (CabAccess.ToSubscribe(unsubscription.ClientId, unsubscription.Topic) is null)
            _mailboxes.Close(unsubscription.Topic, unsubscription.SessionItems);
        return Task.CompletedTask;
    }

    private async Task OnConnectedAsync(ClientConnectedEventArgs connected)
    {
        await _coming.WaitAsync();
        _present[connected.ClientId] = $"{connected.RemoteEndPoint}";
        _coming.Release();
        // Its identity may have died while it logged on, too early to be ended as a connection.
        var password = Encoding.UTF8.GetBytes(connected.Password ?? "");
        if (_access.ToConnect(connected.ClientId, connected.UserName, password) is not null)
            await EndAsync(connected.ClientId);
    }

    /// <summary>Ends the connection of a dead identity, if it has one.</summary>
    private async Task EndAsync(string displayCode)
    {
        try
        {
            await _server.DisconnectClientAsync(displayCode, MqttDisconnectReasonCode.NotAuthorized);
        }
        catch (InvalidOperationException)
        {
            // It is gone already, or the broker has stopped.
        }
    }

    private async Task OnDisconnectedAsync(ClientDisconnectedEventArgs disconnected)
    {
        // The session lives on if another connection has taken this one's place.
        if (disconnected.DisconnectType != MqttClientDisconnectType.Takeover)
        {
            foreach (var leaf in Topics.Down)
                _mailboxes.Close(Topics.Of(disconnected.ClientId, leaf), disconnected.SessionItems);
        }
        // Who takes leave takes the last will back, so that nothing would tell that he is gone. Not if he is there again meanwhile:
        // the next connection is let in when this is in the inbox, before all that it may say.
        await _coming.WaitAsync();
        try
        {
            var wasPresent = _present.TryRemove(new(disconnected.ClientId, $"{disconnected.RemoteEndPoint}"));
            if (wasPresent && disconnected.DisconnectType == MqttClientDisconnectType.Clean)
            {
                var gone = new CabMessage(Topics.Of(disconnected.ClientId, Topics.State), Envelope.Offline.ToArray(), _time.GetUtcNow());
                await _inbox.PutAsync(gone, CancellationToken.None);
            }
        }
        finally
        {
            _coming.Release();
        }
    }

    private Task OnDroppedAsync(QueueMessageOverwrittenEventArgs dropped)
    {
        _refused.AddDropped(dropped.ReceiverClientId);
        return Task.CompletedTask;
    }

    [LoggerMessage(4104, LogLevel.Information, "The embedded broker listens on loopback port {Port}")]
    private partial void LogListening(int port);

    [LoggerMessage(4114, LogLevel.Information,
        "The embedded broker listens with TLS at {Address} port {Port} as {Host}; its certificate is valid until {Until:yyyy-MM-dd}")]
    private partial void LogSecure(string address, int port, string host, DateTime until);
}
