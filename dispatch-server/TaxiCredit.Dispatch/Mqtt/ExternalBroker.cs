using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// A broker of its own, to which this server is a client. The session is clean: what came while nobody was connected comes again, states because
/// they are retained, incidents because only <c>incidents/ack</c> frees them.
/// </summary>
internal sealed partial class ExternalBroker : BackgroundService, ICabLink, IBrokerAddress
{
    /// <summary>Messages that the broker may send before they are in the inbox.</summary>
    private const int MaxUnacknowledged = 1_000;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>For any answer of the broker. With <see cref="KeepAlive"/>: a broker that hangs is taken for one that is there for 45 s at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BrokerSettings _settings;
    private readonly MqttClientOptions _options;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CabInbox _inbox;
    private readonly TimeProvider _time;
    private readonly ILogger<ExternalBroker> _log;
    private TaskCompletionSource _lost = new();
    private volatile BrokerLink _link;

    public ExternalBroker(IOptions<MqttSettings> settings, CabInbox inbox, TimeProvider time, ILogger<ExternalBroker> log)
    {
        (_settings, _inbox, _time, _log) = (settings.Value.Broker!, inbox, time, log);
        _link = new(IsUp: false, time.GetUtcNow());
        Authority = _settings.CaFile is null ? null : File.ReadAllText(_settings.CaFile);
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(_settings.Host, _settings.Port).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"{_settings.User}-{Guid.NewGuid():N}").WithCredentials(_settings.User, _settings.Password)
            .WithCleanStart().WithTimeout(Patience).WithKeepAlivePeriod(KeepAlive).WithReceiveMaximum(MaxUnacknowledged);
        if (_settings.Tls)
            options.WithTlsOptions(Trust);
        _options = options.Build();
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += _ =>
        {
            GoDown();
            _lost.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public event Action? Connected;

    public event Action? Lost;

    public event Action<string>? Told;

    public BrokerLink Link => _link;

    public string Host => _settings.CabHost ?? _settings.Host;

    public int Port => _settings.CabPort ?? _settings.Port;

    public bool Tls => _settings.CabTls ?? _settings.Tls;

    public bool IsUp => _client.IsConnected;

    public string? Authority { get; }

    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken stop)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        MqttClientPublishResult result;
        try
        {
            result = await _client.PublishAsync(message, stop);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // The client calls it a timeout, too, when it was told to stop.
            stop.ThrowIfCancellationRequested();
            throw new BrokerGoneException($"The broker at {_settings.Host} port {_settings.Port} is not connected.", gone);
        }
        if (!result.IsSuccess)
            throw new InvalidOperationException($"The broker refuses {topic} from '{_settings.User}' ({result.ReasonCode}): see its access list.");
    }

    public async Task TellAsync(string what)
    {
        try
        {
            await PublishAsync(Topics.Servers, Encoding.ASCII.GetBytes(what), retain: false, CancellationToken.None);
        }
        catch (BrokerGoneException)
        {
            // The others find it themselves within a minute.
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested; failures++)
        {
            _lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (await TryConnectAsync(stoppingToken))
            {
                failures = -1;
                LogConnected(_settings.Host, _settings.Port);
                _link = new(IsUp: true, _time.GetUtcNow());
                Connected?.Invoke();
                await _lost.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                // Once more: it may have ended before it was noted.
                GoDown();
                LogLost(_settings.Host, _settings.Port);
            }
            // A pause of the network's time, not of the bureau's or a test's.
            var pause = Backoff.After(Math.Max(failures, 0), Random.Shared.NextDouble());
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (_client.IsConnected)
            await _client.DisconnectAsync(cancellationToken: CancellationToken.None);
    }

    private void GoDown()
    {
        if (!_link.IsUp)
            return;
        _link = new(IsUp: false, _time.GetUtcNow());
        Lost?.Invoke();
    }

    private async Task<bool> TryConnectAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_options.Timeout);
        try
        {
            if (!_client.IsConnected
                && (await _client.ConnectAsync(_options, patience.Token)).ResultCode is var connected and not MqttClientConnectResultCode.Success)
            {
                LogRefused(_settings.Host, _settings.Port, _settings.User, connected.ToString());
                return false;
            }
            var subscription = new MqttClientSubscribeOptionsBuilder()
                .WithTopicFilter(Topics.Of("+", Topics.State), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Of("+", Topics.Incidents), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Servers, MqttQualityOfServiceLevel.AtLeastOnce, noLocal: true).Build();
            var subscribed = await _client.SubscribeAsync(subscription, patience.Token);
            if (subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is not { } refused)
                return true;
            LogRefused(_settings.Host, _settings.Port, _settings.User, $"{refused.TopicFilter.Topic}: {refused.ResultCode}");
        }
        catch (Exception gone) when (IsGone(gone))
        {
            if (!stop.IsCancellationRequested)
                LogUnreachable(_settings.Host, _settings.Port, gone.GetBaseException().Message);
        }
        return false;
    }

    /// <summary>Returns when the inbox has the message; the library then sends the PUBACK.</summary>
    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        if (message.Topic == Topics.Servers)
        {
            Told?.Invoke(message.ConvertPayloadToString() ?? "");
            return Task.CompletedTask;
        }
        return _inbox.PutAsync(new(message.Topic, message.Payload.ToArray(), _time.GetUtcNow(), message.Retain), CancellationToken.None).AsTask();
    }

    private void Trust(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithTargetHost(_settings.Host);
        if (Authority is null)
            return;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Authority);
        // An authority of the city's own publishes no lists of what it has revoked.
        tls.WithTrustChain(authorities).WithRevocationMode(X509RevocationMode.NoCheck);
    }

    private static bool IsGone(Exception fault) =>
        fault is MqttCommunicationException or MqttClientDisconnectedException or MqttClientNotConnectedException
            or OperationCanceledException or ObjectDisposedException;

    [LoggerMessage(4105, LogLevel.Information, "Connected to the broker at {Host} port {Port}")]
    private partial void LogConnected(string host, int port);

    [LoggerMessage(4106, LogLevel.Warning, "Lost the connection to the broker at {Host} port {Port}; reconnecting")]
    private partial void LogLost(string host, int port);

    [LoggerMessage(4107, LogLevel.Warning, "Failed to reach the broker at {Host} port {Port}; retrying: {Why}")]
    private partial void LogUnreachable(string host, int port, string why);

    [LoggerMessage(4108, LogLevel.Warning, "The broker at {Host} port {Port} refused '{User}': {Why}")]
    private partial void LogRefused(string host, int port, string user, string why);
}
