using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Firmware.Tests.Virtual;

/// <summary>One thing that a server does wrong.</summary>
public enum ServerFault
{
    None,
    AnyPassword,
    NoRating,
    RatingNotRetained,
    RatingForever,
    SignedWithUp,
    NoAnswer,
    AnswerWithoutNonce,
    AcknowledgesOnce,
    BelievesAnyMac,
    TakesAnyOrder,
    KnownKindsOnly,
    KnownFieldsOnly,
    AnswersReplays,
    GrantsForeign,
    OffersNothing,
    OffersTooLate,
    SendsOnePlaceOn,
    SendsShortParts,
    SendsOtherBytesAgain,
    SendsUnasked,
    SendsAnotherPackage,
}

/// <summary>A small server of one display that does as PROTOCOL.md says, or one thing otherwise. It shares no code with either half.</summary>
internal sealed class ScriptedServer
{
    private const long Now = 1514822400;
    private const long Offered = Now + 5;

    private readonly TestBroker _broker;
    private readonly string _id;
    private readonly ServerFault _fault;
    private readonly HashSet<long> _states = [];
    private long _through;
    private int _parts;

    public ScriptedServer(TestBroker broker, string id, ServerFault fault)
    {
        (_broker, _id, _fault) = (broker, id, fault);
        broker.GrantsForeign = fault == ServerFault.GrantsForeign;
        broker.AcceptsAnyPassword = fault == ServerFault.AnyPassword;
        broker.Arrived += Take;
    }

    /// <summary>What it offers, if anything; of version 1.20.300.</summary>
    public byte[]? Package { get; init; }

    public async Task PublishAsync()
    {
        long until = _fault == ServerFault.RatingForever ? 4102444800 : Now + 86400;
        string rating = $"\"rev\":{Now},\"now\":{Now},\"kind\":\"rated\",\"stars\":3,"
            + $"\"period\":\"2017-12\",\"driver\":\"d-1\",\"from\":{Now},\"until\":{until},\"hold\":900";
        if (_fault != ServerFault.NoRating) await SendAsync("rating", rating, _fault != ServerFault.RatingNotRetained);
        await SendAsync("config", $"\"rev\":{Now},\"now\":{Now},\"heartbeat\":150,\"day\":1000,\"night\":20,\"dayLux\":2000,\"nightLux\":5,\"epoch\":1", true);
    }

    private void Take(string topic, byte[] payload)
    {
        byte[] body = payload[65..];
        bool isSigned = Encoding.ASCII.GetString(payload, 0, 64) == Convert.ToHexStringLower(HMACSHA256.HashData(Key("up"), body));
        if (!isSigned && _fault != ServerFault.BelievesAnyMac) return;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (topic.EndsWith("/state", StringComparison.Ordinal)) TakeState(json.RootElement);
            else TakeIncidents(json.RootElement);
        }
        catch (JsonException)
        {
            // Violates the contract: dropped.
        }
    }

    private void TakeState(JsonElement state)
    {
        if (_fault == ServerFault.NoAnswer || (_fault == ServerFault.KnownFieldsOnly && state.TryGetProperty("colour", out _))) return;
        if (!_states.Add(state.GetProperty("n").GetInt64()) && _fault != ServerFault.AnswersReplays) return;
        string nonce = _fault == ServerFault.AnswerWithoutNonce ? "" : $",\"nonce\":\"{state.GetProperty("nonce").GetString()}\"";
        Acknowledge(state, nonce);
        if (Package is { } package && state.TryGetProperty("caps", out JsonElement caps) && caps.GetString()!.Contains("update", StringComparison.Ordinal))
            Update(state, package);
    }

    /// <summary>Offers it to a unit that says nothing of one, and sends the part that is asked for.</summary>
    private void Update(JsonElement state, byte[] package)
    {
        if (!state.TryGetProperty("update", out _))
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(package));
            long exp = _fault == ServerFault.OffersTooLate ? Now - 1 : Now + 3600;
            string offer = $"\"rev\":{Offered},\"now\":{Now},\"do\":\"update\",\"exp\":{exp},\"package\":\"{hash}\",\"size\":{package.Length}"
                + ",\"version\":\"1.20.300\"";
            if (_fault != ServerFault.OffersNothing) _ = SendAsync("cmd", offer, false);
            return;
        }

        bool isAsked = state.TryGetProperty("have", out JsonElement have) && state.GetProperty("offer").GetInt64() == Offered;
        if (!isAsked && _fault != ServerFault.SendsUnasked) return;
        int at = isAsked ? have.GetInt32() : 0;
        byte[] part = package[at..Math.Min(package.Length, at + 512)];
        _parts++;
        if (_fault == ServerFault.SendsShortParts) part = part[..^1];
        if (_fault == ServerFault.SendsOtherBytesAgain && _parts == 2) part[7] ^= 1;
        if (_fault == ServerFault.SendsAnotherPackage && at > 512) part[7] ^= 1;
        if (_fault == ServerFault.SendsOnePlaceOn) at += 512;
        string data = Convert.ToBase64String(part).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        _ = SendAsync("update", $"\"now\":{Now},\"offer\":{Offered},\"at\":{at},\"data\":\"{data}\"", false);
    }

    private void TakeIncidents(JsonElement batch)
    {
        long[] all = [.. batch.GetProperty("list").EnumerateArray().Select(item => item.GetProperty("seq").GetInt64())];
        bool isAscending = all.Zip(all.Skip(1)).All(pair => pair.First < pair.Second);
        if (!isAscending && _fault != ServerFault.TakesAnyOrder) return;
        if (_fault == ServerFault.KnownKindsOnly && batch.GetRawText().Contains("conformance", StringComparison.Ordinal)) return;
        if (_fault == ServerFault.AcknowledgesOnce && all[^1] <= _through) return;
        _through = Math.Max(_through, all.Max());
        Acknowledge(batch, "");
    }

    private void Acknowledge(JsonElement of, string nonce) =>
        _ = SendAsync("incidents/ack", $"\"now\":{Now},\"journal\":\"{of.GetProperty("journal").GetString()}\",\"through\":{_through}{nonce}", false);

    private Task SendAsync(string leaf, string fields, bool retain)
    {
        string topic = $"tc/v1/d/{_id}/{leaf}";
        byte[] body = Encoding.UTF8.GetBytes($"{{\"v\":1,\"topic\":\"{topic}\",{fields}}}");
        byte[] key = Key(_fault == ServerFault.SignedWithUp ? "up" : "down");
        return _broker.PublishAsync(topic, [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, body)) + "\n"), .. body], retain);
    }

    private byte[] Key(string purpose) => HMACSHA256.HashData(TestBroker.RootOf(_id), Encoding.ASCII.GetBytes($"{purpose}|1"));
}
