using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Virtual;

/// <summary>A broker on a free loopback port that knows every cab's password and keeps the last state of each.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private const string Server = "test";

    private readonly MqttServer _server;
    private readonly ConcurrentDictionary<string, string> _states = new(StringComparer.Ordinal);

    private TestBroker(int port, X509Certificate2? certificate)
    {
        Port = port;
        _server = new MqttServerFactory().CreateMqttServer(certificate == null ? Plain(port) : Encrypted(port, certificate));
        _server.ValidatingConnectionAsync += e =>
        {
            string expected = PasswordOf(e.UserName);
            bool isLetIn = (AcceptsAnyPassword || e.Password == expected) && e.ClientId == e.UserName;
            e.ReasonCode = isLetIn ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        _server.InterceptingPublishAsync += e =>
        {
            if (e.ApplicationMessage.Topic.EndsWith("/state", StringComparison.Ordinal))
            {
                _states[e.ApplicationMessage.Topic.Split('/')[3]] = Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray());
                Reported?.Invoke();
            }

            if (e.ClientId != Server) Arrived?.Invoke(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
        _server.InterceptingSubscriptionAsync += e =>
        {
            if (!GrantsForeign && !e.TopicFilter.Topic.StartsWith($"tc/v1/d/{e.ClientId}/", StringComparison.Ordinal))
            {
                e.ProcessSubscription = false;
                e.Response.ReasonCode = MqttSubscribeReasonCode.UnspecifiedError;
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Raised after a state has arrived.</summary>
    public event Action? Reported;

    /// <summary>Raised for each message of a client, on no particular thread, before the broker acknowledges it.</summary>
    public event Action<string, byte[]>? Arrived;

    /// <summary>A broker that keeps no client from another's topics.</summary>
    public bool GrantsForeign { get; set; }

    public bool AcceptsAnyPassword { get; set; }

    public int Port { get; }

    public IReadOnlyDictionary<string, string> States => _states;

    public static byte[] RootOf(string id) => System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id));

    public static string PasswordOf(string id) => Base64Url.Encode(Keyring.Derive(RootOf(id), "mqtt", 1));

    public static async Task<TestBroker> StartAsync(int port = 0, X509Certificate2? certificate = null)
    {
        var broker = new TestBroker(port == 0 ? LoopbackPort.Take() : port, certificate);
        await broker._server.StartAsync();
        return broker;
    }

    public Task PublishAsync(string topic, byte[] payload, bool retain = true) => _server.InjectApplicationMessage(
        new InjectedMqttApplicationMessage(new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        })
        { SenderClientId = Server });

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private static MqttServerOptions Plain(int port) => new MqttServerOptionsBuilder()
        .WithDefaultEndpoint()
        .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
        .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
        .WithDefaultEndpointPort(port)
        .Build();

    private static MqttServerOptions Encrypted(int port, X509Certificate2 certificate) => new MqttServerOptionsBuilder()
        .WithoutDefaultEndpoint()
        .WithEncryptedEndpoint()
        .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
        .WithEncryptedEndpointBoundIPV6Address(IPAddress.None)
        .WithEncryptedEndpointPort(port)
        .WithEncryptionCertificate(certificate)
        .WithEncryptionSslProtocol(System.Security.Authentication.SslProtocols.Tls12)
        .Build();
}
