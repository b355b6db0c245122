using System.Text.Json;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>What channels for people send of a message: <c>subject</c> and <c>text</c> of its payload, where it has them.</summary>
internal sealed record MessageText(string Subject, string Text)
{
    /// <summary>Null where the payload is not meant to be read by a person.</summary>
    public static MessageText? Of(OutboxMessage message)
    {
        using var payload = JsonDocument.Parse(message.Payload);
        return payload.RootElement is { ValueKind: JsonValueKind.Object } json
            && json.TryGetProperty("subject", out var subject) && subject.ValueKind == JsonValueKind.String
            && json.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? new(subject.GetString()!, text.GetString()!)
            : null;
    }

    /// <summary>The payload of a message that people read.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { subject = Subject, text = Text }, Options);

    private static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
