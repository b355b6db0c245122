using System.Buffers;
using System.Text.Json;

namespace TaxiCredit.Dispatch.Wire;

/// <summary>JSON that goes down to a cab, flat, fields in the order of <c>firmware/PROTOCOL.md</c>.</summary>
internal static class DownMessages
{
    public static byte[] Rating(string displayCode, long rev, long now, RatingContent rating) => Write(displayCode, Topics.Rating, json =>
    {
        json.WriteNumber("rev", rev);
        json.WriteNumber("now", now);
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

    public static byte[] Config(string displayCode, long rev, long now, ConfigContent config) => Write(displayCode, Topics.Config, json =>
    {
        json.WriteNumber("rev", rev);
        json.WriteNumber("now", now);
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
    });

    public static byte[] Command(string displayCode, long rev, long now, string what, long expires) => Write(displayCode, Topics.Command, json =>
    {
        json.WriteNumber("rev", rev);
        json.WriteNumber("now", now);
        json.WriteString("do", what);
        json.WriteNumber("exp", expires);
    });

    public static byte[] IncidentsAck(string displayCode, long now, string journal, long through) => Write(displayCode, Topics.IncidentsAck, json =>
    {
        json.WriteNumber("now", now);
        json.WriteString("journal", journal);
        json.WriteNumber("through", through);
    });

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
