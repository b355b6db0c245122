using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// What a text from outside may hold: whole characters and, of the control characters, tab and line ends. SQLite stores U+0000 and PostgreSQL refuses it;
/// a table that is exported with one cannot be imported; the others change what a log or a terminal shows.
/// </summary>
internal static class PlainText
{
    public static bool Is(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
                return false;
            if (!char.IsSurrogate(c))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    public static Refusal Refused { get; } = Refusal.Malformed(
        "text-control-character", "A text holds a control character other than tab and line ends, or half of a surrogate pair. Leave it out.");
}

/// <summary>Reads the texts of a body; others than <see cref="PlainText"/> end in a <see cref="JsonException"/>.</summary>
internal sealed class PlainTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A text is expected here.");
        try
        {
            if (reader.GetString() is { } text && PlainText.Is(text))
                return text;
        }
        // The escape of half a surrogate pair.
        catch (InvalidOperationException)
        {
        }
        throw new JsonException("The text holds a control character other than tab and line ends, or half of a surrogate pair.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
