using System.Buffers;
using System.Text.Json;

namespace TaxiCredit.Dispatch.Wire;

/// <summary>JSON that goes down to a cab, flat, fields in the order of <c>firmware/PROTOCOL.md</c>.</summary>
internal static class DownMessages
{
    /// <inheritdoc cref="SignedBounds.Require"/>
    public static byte[] Rating(string displayCode, long rev, long now, RatingContent rating) => Write(displayCode, Topics.Rating, json =>
    {
        WriteRev(json, rev, now);
        SignedBounds.Require("until", rating.Until ?? 0, now, SignedBounds.Validity);
        json.WriteString("kind", rating.Kind.OnWire);
        if (rating.Stars is { } stars)
        {
            json.WriteNumber("stars", stars);
            json.WriteString("period", rating.Period);
        }
        if (rating.Driver is not null)
        {
            json.WriteString("driver", rating.Driver);
            json.WriteNumber("from", rating.From!.Value);
            json.WriteNumber("until", rating.Until!.Value);
        }
        if (rating.HoldAt(now) is { } hold)
            json.WriteNumber("hold", hold);
    });

    /// <param name="nonce">The question of a cab that does not know its epoch, which this answers.</param>
    /// <inheritdoc cref="SignedBounds.Require"/>
    public static byte[] Config(string displayCode, long rev, long now, ConfigContent config, string? nonce = null) => Write(displayCode, Topics.Config, json =>
    {
        WriteRev(json, rev, now);
        json.WriteNumber("heartbeat", config.Heartbeat);
        json.WriteNumber("day", config.Day);
        json.WriteNumber("night", config.Night);
        json.WriteNumber("dayLux", config.DayLux);
        json.WriteNumber("nightLux", config.NightLux);
        if (config.Ntp1 is not null)
            json.WriteString("ntp1", config.Ntp1);
        if (config.Ntp2 is not null)
            json.WriteString("ntp2", config.Ntp2);
        json.WriteNumber("epoch", config.Epoch);
        if (nonce is not null)
            json.WriteString("nonce", nonce);
    });

    /// <inheritdoc cref="SignedBounds.Require"/>
    public static byte[] Command(string displayCode, long rev, long now, string what, long expires) => Write(displayCode, Topics.Command, json =>
    {
        WriteRev(json, rev, now);
        SignedBounds.Require("exp", expires, now, SignedBounds.Expiry);
        json.WriteString("do", what);
        json.WriteNumber("exp", expires);
    });

    /// <param name="nonce">The cab's question that <paramref name="now"/> answers.</param>
    public static byte[] IncidentsAck(string displayCode, long now, string journal, long through, string? nonce = null) =>
        Write(displayCode, Topics.IncidentsAck, json =>
        {
            json.WriteNumber("now", now);
            json.WriteString("journal", journal);
            json.WriteNumber("through", through);
            if (nonce is not null)
                json.WriteString("nonce", nonce);
        });

    private static void WriteRev(Utf8JsonWriter json, long rev, long now)
    {
        SignedBounds.Require("rev", rev, now, SignedBounds.Rev);
        json.WriteNumber("rev", rev);
        json.WriteNumber("now", now);
    }

    private static byte[] Write(string displayCode, string leaf, Action<Utf8JsonWriter> fields)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("topic", Topics.Of(displayCode, leaf));
            fields(json);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
