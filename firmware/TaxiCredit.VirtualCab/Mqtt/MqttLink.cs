using System;
using System.Buffers;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.VirtualCab.Mqtt;

/// <summary>The link on MQTTnet. A new client for every attempt; events of an old one are not reported.</summary>
internal sealed class MqttLink(UnitConfig config, Action wake) : IVirtualLink
{
    private const int TimeoutSeconds = 10;

    private readonly MqttClientFactory _factory = new();
    private Connection? _current;
    private bool _isNetworkDown;

    public LinkInbox Inbox { get; } = new LinkInbox();

    public bool IsAlive => true;

    public void Open(int attempt, string password)
    {
        var connection = new Connection(attempt, _factory.CreateMqttClient());
        Interlocked.Exchange(ref _current, connection)?.Client.Dispose();
        connection.Client.ApplicationMessageReceivedAsync += e =>
        {
            Report(connection, LinkReport.Message, 0, e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
        connection.Client.DisconnectedAsync += e =>
        {
            if (e.ClientWasConnected) Report(connection, LinkReport.Closed, attempt);
            return Task.CompletedTask;
        };
        _ = ConnectAsync(connection, Options(config, password));
    }

    public void Close()
    {
        Connection? connection = Interlocked.Exchange(ref _current, null);
        if (connection != null) _ = EndAsync(connection.Client);
    }

    public void Subscribe(string[] topics)
    {
        if (_current is { } connection) _ = SubscribeAsync(connection, topics);
    }

    public void Publish(int id, string topic, byte[] payload, bool retain)
    {
        if (_current is { } connection) _ = PublishAsync(connection, id, topic, payload, retain);
    }

    public void SetNetworkDown(bool isDown)
    {
        _isNetworkDown = isDown;
        if (!isDown || _current is not { } connection) return;
        Report(connection, LinkReport.Closed, connection.Attempt);
        connection.Client.Dispose();
    }

    /// <summary>Drops the connection without a DISCONNECT, like a cab that loses its supply: the broker sends the last will.</summary>
    public void Dispose() => Interlocked.Exchange(ref _current, null)?.Client.Dispose();

    private async Task ConnectAsync(Connection connection, MqttClientOptions options)
    {
        int outcome = LinkReport.Closed;
        try
        {
            if (!_isNetworkDown)
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSeconds));
                MqttClientConnectResult result = await connection.Client.ConnectAsync(options, timeout.Token).ConfigureAwait(false);
                outcome = Outcome(result.ResultCode);
            }
        }
        catch (Exception e) when (IsOfTheLink(e))
        {
            outcome = LinkReport.Closed;
        }

        Report(connection, outcome, connection.Attempt);
    }

    private async Task SubscribeAsync(Connection connection, string[] topics)
    {
        bool isRefused = false;
        MqttClientSubscribeOptionsBuilder options = _factory.CreateSubscribeOptionsBuilder();
        foreach (string topic in topics) options.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        bool isGranted = await TryAsync(async () => isRefused = (await connection.Client.SubscribeAsync(options.Build()).ConfigureAwait(false)).Items
            .Any(item => item.ResultCode != MqttClientSubscribeResultCode.GrantedQoS1)).ConfigureAwait(false) && !isRefused;
        Report(connection, isGranted ? LinkReport.Subscribed : LinkReport.Closed, connection.Attempt);
    }

    private async Task PublishAsync(Connection connection, int id, string topic, byte[] payload, bool retain)
    {
        MqttApplicationMessage message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag(retain)
            .Build();
        bool isDelivered = await TryAsync(() => connection.Client.PublishAsync(message)).ConfigureAwait(false);
        Report(connection, isDelivered ? LinkReport.Delivered : LinkReport.Failed, id);
    }

    private static async Task EndAsync(IMqttClient client)
    {
        if (client.IsConnected) await TryAsync(() => client.DisconnectAsync()).ConfigureAwait(false);
        client.Dispose();
    }

    /// <summary>Returns whether it worked; the reason makes no difference to the cab.</summary>
    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (IsOfTheLink(e) || e is MqttProtocolViolationException)
        {
            return false;
        }
    }

    private static bool IsOfTheLink(Exception e) =>
        e is MqttCommunicationException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>How a unit connects: the contract's client id, session, keep-alive and last will.</summary>
    public static MqttClientOptions Options(UnitConfig config, string password)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(config.Broker, config.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(config.DisplayId)
            .WithCredentials(config.DisplayId, password)
            .WithCleanSession()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(StateSender.KeepAlive))
            .WithTimeout(TimeSpan.FromSeconds(TimeoutSeconds))
            .WithWillTopic(new Topics(config.DisplayId).State)
            .WithWillPayload("offline")
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (config.Tls)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(config.Ca);
            options.WithTlsOptions(tls => tls
                .UseTls()
                .WithSslProtocols(System.Security.Authentication.SslProtocols.Tls12)
                .WithTrustChain(authorities));
        }

        return options.Build();
    }

    private static int Outcome(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.Success => LinkReport.Opened,
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized => LinkReport.Denied,
        _ => LinkReport.Closed,
    };

    private void Report(Connection connection, int kind, int number, string topic = "", byte[]? payload = null)
    {
        if (connection != _current) return;
        Inbox.Add(kind, number, topic, payload);
        wake();
    }

    private sealed record Connection(int Attempt, IMqttClient Client);
}
