using System.Security.Cryptography;
using System.Text.Json;
using Firmware.Tests.Bench;

namespace Firmware.Tests.Update;

/// <summary>
/// The server's part of an update, as PROTOCOL.md has it: it offers a package by a command, and answers each state that says <c>have</c> with the part that
/// follows. Nothing of the logic is used.
/// </summary>
internal sealed class PlayedServer
{
    public const int Part = 512;
    public static readonly string UpdateTopic = Message.Prefix + "update";

    private readonly Dictionary<long, byte[]> _offers = [];
    private readonly int _epoch;
    private long _answered;

    public PlayedServer(int epoch = 1)
    {
        _epoch = epoch;
    }

    /// <summary>Its clock, unix seconds.</summary>
    public long Now { get; set; } = TestCab.Epoch + 20;

    /// <summary>What it sends instead of a part; null sends nothing.</summary>
    public Func<byte[], int, byte[]?> Sends { get; set; } = (package, at) => package[at..Math.Min(package.Length, at + Part)];

    /// <summary>Parts that were sent.</summary>
    public List<int> Sent { get; } = [];

    /// <summary>The command that offers a package.</summary>
    public byte[] Offer(byte[] package, long rev, string? version = null, int? size = null, long? exp = null)
    {
        _offers[rev] = package;
        string hash = Convert.ToHexStringLower(SHA256.HashData(package));
        version ??= $"{BitConverter.ToUInt16(package, 8)}.{BitConverter.ToUInt16(package, 10)}.{BitConverter.ToUInt16(package, 12)}";
        return Message.Seal(
            Message.CmdTopic,
            $"\"rev\":{rev},\"now\":{Now},\"do\":\"update\",\"exp\":{exp ?? Now + 3600},"
                + $"\"package\":\"{hash}\",\"size\":{size ?? package.Length},\"version\":\"{version}\"",
            _epoch);
    }

    public byte[] Chunk(long offer, int at, byte[] bytes) => Message.Seal(
        UpdateTopic,
        $"\"now\":{Now},\"offer\":{offer},\"at\":{at},\"data\":\"{Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_')}\"",
        _epoch);

    /// <summary>Takes a state.</summary>
    /// <returns>What it answers, if it does.</returns>
    public byte[]? Take(string json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement state = document.RootElement;
        if (!state.TryGetProperty("have", out JsonElement have)) return null;
        long offer = state.GetProperty("offer").GetInt64();
        int at = have.GetInt32();
        if (!_offers.TryGetValue(offer, out byte[]? package) || Sends(package, at) is not { } bytes) return null;
        Sent.Add(at);
        return Chunk(offer, at, bytes);
    }

    /// <summary>Answers what a cab has sent since the last call.</summary>
    public void Serve(TestCab cab)
    {
        for (; _answered < cab.Link.Messages.Count; _answered++)
        {
            FakeLink.Sent sent = cab.Link.Messages[(int)_answered];
            if (sent.Topic != Message.Prefix + "state" || Take(sent.Json) is not { } answer) continue;
            if (!cab.Link.Subscribed.Contains(UpdateTopic)) continue;
            Assert.IsLessThanOrEqualTo(1024, answer.Length);
            cab.Link.Deliver(UpdateTopic, answer);
        }
    }

    /// <summary>The cab has a new link.</summary>
    public void Forget() => _answered = 0;
}
