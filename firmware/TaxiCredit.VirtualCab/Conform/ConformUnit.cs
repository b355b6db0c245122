using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using MQTTnet;
using MQTTnet.Protocol;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.Mqtt;

namespace TaxiCredit.VirtualCab.Conform;

/// <summary>A message that the unit was sent.</summary>
internal sealed record Heard(string Topic, byte[] Payload, bool IsRetained);

/// <summary>A unit that says what a check wants said, and keeps everything that it hears. Its journal is new with each run.</summary>
internal sealed class ConformUnit : IAsyncDisposable
{
    private readonly UnitConfig _config;
    private readonly TimeSpan _patience;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<Heard> _incoming = Channel.CreateUnbounded<Heard>();
    private readonly List<Heard> _heard = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _up;

    /// <param name="config">Broker and key.</param>
    /// <param name="patience">How long an answer may take.</param>
    public ConformUnit(UnitConfig config, TimeSpan patience)
    {
        _config = config;
        _patience = patience;
        Topics = new Topics(config.DisplayId);
        Keys.Set(config.RootKey, config.Epoch, true);
        Gate = new Gate(Keys);
        _up = Keyring.Derive(config.RootKey, "up", config.Epoch);
        _client.ApplicationMessageReceivedAsync += e =>
        {
            _incoming.Writer.TryWrite(new Heard(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain));
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public Topics Topics { get; }

    public Keyring Keys { get; } = new Keyring();

    /// <summary>The firmware's own: what it admits, a unit admits.</summary>
    public Gate Gate { get; }

    public bool IsConnected => _client.IsConnected;

    public string Journal { get; } = NewHex();

    /// <summary>Number of the next state.</summary>
    public int N { get; set; } = 1;

    public static string NewHex() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public async Task<MqttClientConnectResultCode> ConnectAsync(string? password = null)
    {
        using var late = new CancellationTokenSource(_patience);
        MqttClientOptions options = MqttLink.Options(_config, password ?? Keys.Password(_config.Epoch));
        return (await _client.ConnectAsync(options, late.Token).ConfigureAwait(false)).ResultCode;
    }

    /// <returns>Whether the broker granted each at QoS 1.</returns>
    public async Task<bool> SubscribeAsync(params string[] topics)
    {
        using var late = new CancellationTokenSource(_patience);
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (string topic in topics) options.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        MqttClientSubscribeResult result = await _client.SubscribeAsync(options.Build(), late.Token).ConfigureAwait(false);
        return result.Items.All(item => item.ResultCode == MqttClientSubscribeResultCode.GrantedQoS1);
    }

    public async Task PublishAsync(string topic, byte[] payload)
    {
        using var late = new CancellationTokenSource(_patience);
        MqttApplicationMessage message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(topic == Topics.State)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        await _client.PublishAsync(message, late.Token).ConfigureAwait(false);
    }

    /// <summary>Signed as a unit signs.</summary>
    public byte[] Seal(string json)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_up, body)) + "\n"), .. body];
    }

    /// <summary>A state of a unit without a clock, which asks for the time.</summary>
    public byte[] State(string nonce, int n, string more = "") => Seal(
        $$"""{"v":1,"topic":"{{Topics.State}}","at":0,"clock":"none","nonce":"{{nonce}}","journal":"{{Journal}}","boot":1,"n":{{n}}"""
        + $$""","fw":"conform","rev":0,"configRev":0,"cmdRev":0,"epoch":{{_config.Epoch}},"display":"nodata","lit":"00000","faults":[]"""
        + $$""","battery":13500,"up":1,"free":1,"backlog":0{{more}}}""");

    public byte[] Incidents(params (int Sequence, string Kind)[] items)
    {
        IEnumerable<string> list = items.Select(item => $$"""{"seq":{{item.Sequence}},"kind":"{{item.Kind}}","boot":1,"up":1,"arg":0}""");
        return Seal($$"""{"v":1,"topic":"{{Topics.Incidents}}","journal":"{{Journal}}","list":[{{string.Join(',', list)}}]}""");
    }

    /// <summary>Messages so far: a place to search from.</summary>
    public int Mark()
    {
        while (_incoming.Reader.TryRead(out Heard? heard)) _heard.Add(heard);
        return _heard.Count;
    }

    /// <summary>The first message that is so, from a mark on; waits for it. Null when it does not come.</summary>
    public async Task<Heard?> FindAsync(int from, Func<Heard, bool> isSo)
    {
        using var late = new CancellationTokenSource(_patience);
        try
        {
            for (int i = from; ; i++)
            {
                while (i >= _heard.Count) _heard.Add(await _incoming.Reader.ReadAsync(late.Token).ConfigureAwait(false));
                if (isSo(_heard[i])) return _heard[i];
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <returns>Whether the broker ended the connection.</returns>
    public async Task<bool> IsClosedAsync()
    {
        try
        {
            await _closed.Task.WaitAsync(_patience).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
