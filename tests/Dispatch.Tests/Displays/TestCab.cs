using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using TaxiCredit.Dispatch.Features.Displays;

namespace Dispatch.Tests.Displays;

/// <summary>A message from the server, its MAC checked.</summary>
internal sealed record Received(string Topic, byte[] Payload, JsonElement Json, bool Retained)
{
    public string Leaf => Topic[(Topic.IndexOf('/', "tc/v1/d/".Length) + 1)..];

    public long Rev => Json.GetProperty("rev").GetInt64();

    public string? Kind => Json.GetProperty("kind").GetString();
}

/// <summary>
/// A cab as firmware/PROTOCOL.md describes it, written from that page alone: it shares no code with the server but the record of
/// its own config.json.
/// </summary>
internal sealed class TestCab : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<string, Channel<Received>> _received = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _hasVanished;

    private TestCab(UnitConfig unit)
    {
        Unit = unit;
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public UnitConfig Unit { get; }

    public int Epoch { get; set; } = 1;

    public long N { get; set; }

    public string Journal { get; set; } = "00112233445566aa";

    public Task Closed => _closed.Task.WaitAsync(DisplayCity.Patience);

    /// <summary>A cab that is not connected.</summary>
    public static TestCab Of(UnitConfig unit) => new(unit);

    public static async Task<TestCab> ConnectAsync(UnitConfig unit, int port, int epoch = 1, string will = "offline")
    {
        var cab = new TestCab(unit) { Epoch = epoch };
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V311).WithClientId(unit.Id)
            .WithCredentials(unit.Id, Base64Url.EncodeToString(cab.Key("mqtt")))
            .WithWillTopic(cab.Topic("state")).WithWillPayload(will).WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var connected = await cab._client.ConnectAsync(options);
        Assert.AreEqual(MqttClientConnectResultCode.Success, connected.ResultCode);
        var subscription = new MqttClientSubscribeOptionsBuilder();
        foreach (var leaf in new[] { "rating", "config", "cmd", "incidents/ack" })
            subscription.WithTopicFilter(cab.Topic(leaf), MqttQualityOfServiceLevel.AtLeastOnce);
        var subscribed = await cab._client.SubscribeAsync(subscription.Build());
        Assert.IsTrue(subscribed.Items.All(item => item.ResultCode == MqttClientSubscribeResultCode.GrantedQoS1));
        return cab;
    }

    public string Topic(string leaf) => $"tc/v1/d/{Unit.Id}/{leaf}";

    public byte[] Key(string purpose) => KeyOf(Epoch, purpose);

    /// <summary>The next message on a topic.</summary>
    public async Task<Received> NextAsync(string leaf)
    {
        using var late = new CancellationTokenSource(DisplayCity.Patience);
        return await Of(leaf).Reader.ReadAsync(late.Token);
    }

    /// <summary>Passes over messages until one on the topic is as it should be.</summary>
    public async Task<Received> NextAsync(string leaf, Func<JsonElement, bool> isSo)
    {
        while (true)
        {
            var received = await NextAsync(leaf);
            if (isSo(received.Json))
                return received;
        }
    }

    /// <summary>
    /// The next message on a topic that is newer than one read before: what is at hand may be published again at any time, as after a start, when
    /// the server has become the leader and when it has reached its broker.
    /// </summary>
    public async Task<Received> NextNewsAsync(string leaf, Received before)
    {
        while (true)
        {
            var received = await NextAsync(leaf);
            if (received.Rev > before.Rev)
                return received;
        }
    }

    public bool HasMore(string leaf) => Of(leaf).Reader.Count > 0;

    public byte[] Sign(string json, string purpose = "up") => Sign(json, Key(purpose));

    public static byte[] Sign(string json, byte[] key)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, body)) + "\n"), .. body];
    }

    public string StateJson(
        long rev = 0, long configRev = 0, string display = "vacant", string lit = "00000", long boot = 1, int? epoch = null, string? topic = null) =>
        $$"""{"v":1,"topic":"{{topic ?? Topic("state")}}","at":1514865600,"journal":"{{Journal}}","boot":{{boot}},"n":{{++N}}"""
        + $$""","fw":"0.1.0","rev":{{rev}},"configRev":{{configRev}},"cmdRev":0,"epoch":{{epoch ?? Epoch}}"""
        + $$""","display":"{{display}}","lit":"{{lit}}","faults":[],"battery":13500,"rssi":-61,"up":12,"free":48000,"backlog":0}""";

    public string IncidentsJson(params long[] seqs) =>
        $$"""{"v":1,"topic":"{{Topic("incidents")}}","journal":"{{Journal}}","list":["""
        + string.Join(',', seqs.Select(seq => $$"""{"seq":{{seq}},"kind":"power-on","boot":1,"up":0,"arg":1}"""))
        + "]}";

    public Task SendStateAsync(long rev = 0, long configRev = 0, string display = "vacant", string lit = "00000") =>
        PublishAsync("state", Sign(StateJson(rev, configRev, display, lit)));

    public Task PublishAsync(string leaf, byte[] payload) => PublishToAsync(Topic(leaf), payload, retain: leaf == "state");

    public Task PublishToAsync(string topic, byte[] payload, bool retain = false) => _client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    public Task<MqttClientSubscribeResult> SubscribeAsync(string filter) =>
        _client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter).Build());

    /// <summary>Drops the connection without a word, so that the broker sends the last will.</summary>
    public void Vanish()
    {
        _hasVanished = true;
        _client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasVanished)
            return;
        if (_client.IsConnected)
            await _client.DisconnectAsync();
        _client.Dispose();
    }

    private Channel<Received> Of(string leaf) => _received.GetOrAdd(leaf, _ => Channel.CreateUnbounded<Received>());

    private byte[] KeyOf(int epoch, string purpose) =>
        HMACSHA256.HashData(Base64Url.DecodeFromChars(Unit.Key), Encoding.ASCII.GetBytes($"{purpose}|{epoch}"));

    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        var payload = message.ApplicationMessage.Payload.ToArray();
        var digits = Encoding.ASCII.GetString(payload, 0, 64);
        var isSigned = (Epoch == 0 ? [0] : new[] { Epoch, Epoch + 1 }).Any(epoch =>
            digits == Convert.ToHexStringLower(HMACSHA256.HashData(KeyOf(epoch, "down"), payload.AsSpan(65))));
        // One that does not know its epoch cannot judge what is not meant for that.
        if (Epoch == 0 && !isSigned)
            return Task.CompletedTask;
        var json = isSigned && payload[64] == '\n' ? JsonDocument.Parse(payload.AsMemory(65)).RootElement : default;
        if (json.ValueKind == JsonValueKind.Undefined || json.GetProperty("topic").GetString() != message.ApplicationMessage.Topic)
            throw new InvalidDataException($"The server broke the contract on {message.ApplicationMessage.Topic}.");
        var received = new Received(message.ApplicationMessage.Topic, payload, json, message.ApplicationMessage.Retain);
        Of(received.Leaf).Writer.TryWrite(received);
        return Task.CompletedTask;
    }
}
