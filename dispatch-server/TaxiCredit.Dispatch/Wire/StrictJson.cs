using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace TaxiCredit.Dispatch.Wire;

/// <summary>
/// Reads an object of a cab's JSON as the protocol demands: a field that is missing, duplicated, of another type or outside its range
/// is a fault, which is remembered while reading continues with a default. Unknown fields are ignored.
/// </summary>
internal sealed class StrictJson(JsonElement document)
{
    public const long EarliestTime = 1_500_000_000;
    public const long LatestTime = 4_102_444_800;

    /// <summary>Of every number that counts something or lasts some seconds: what a cab stores, and a <see cref="TimeSpan"/> or a column can hold.</summary>
    public const long LatestCount = uint.MaxValue;

    private static readonly JsonDocumentOptions NoDoubles = new() { AllowDuplicateProperties = false };

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public bool IsSound { get; private set; } = document.ValueKind == JsonValueKind.Object;

    /// <summary>Reads a whole message: form, version, topic, then <paramref name="read"/>.</summary>
    /// <param name="json">Bytes that the envelope has vouched for.</param>
    /// <param name="topic">Topic that they came by.</param>
    /// <returns>Null and a report, or <see cref="RefusedBecause.Form"/> or <see cref="RefusedBecause.Topic"/>.</returns>
    public static RefusedBecause? TryRead<T>(ReadOnlyMemory<byte> json, string topic, Func<StrictJson, T> read, out T? report)
        where T : class
    {
        report = null;
        using var document = TryParse(json);
        if (document is null)
            return RefusedBecause.Form;
        var fields = new StrictJson(document.RootElement);
        fields.Integer("v", 1, 1);
        var topicInside = fields.Text("topic", _ => true);
        if (!fields.IsSound)
            return RefusedBecause.Form;
        if (topicInside != topic)
            return RefusedBecause.Topic;
        var message = read(fields);
        if (!fields.IsSound)
            return RefusedBecause.Form;
        report = message;
        return null;
    }

    public bool Has(string name) => IsSound && document.TryGetProperty(name, out _);

    public long Integer(string name, long least, long most)
    {
        if (IsSound && document.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number
            && field.TryGetInt64(out var value) && value >= least && value <= most)
            return value;
        IsSound = false;
        return least;
    }

    /// <summary>0, or a time.</summary>
    public long TimeOrZero(string name)
    {
        var time = Integer(name, 0, LatestTime);
        Require(time is 0 or >= EarliestTime);
        return time;
    }

    public string Text(string name, Func<string, bool> isForm)
    {
        if (IsSound && document.TryGetProperty(name, out var field) && TryText(field, out var text) && isForm(text))
            return text;
        IsSound = false;
        return "";
    }

    public IReadOnlyList<string> Texts(string name, int most, Func<string, bool> isForm)
    {
        var texts = new List<string>();
        foreach (var element in Elements(name, most))
        {
            if (TryText(element, out var text) && isForm(text))
                texts.Add(text);
            else
                IsSound = false;
        }
        return texts;
    }

    public IReadOnlyList<JsonElement> Elements(string name, int most)
    {
        if (IsSound && document.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Array && field.GetArrayLength() <= most)
            return [.. field.EnumerateArray()];
        IsSound = false;
        return [];
    }

    public void Require(bool holds) => IsSound &= holds;

    public static bool IsJournal(string text) => text.Length == 16 && !text.AsSpan().ContainsAnyExcept(Digits);

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            return null;
        try
        {
            return JsonDocument.Parse(json, NoDoubles);
        }
        // A lone surrogate in an escaped name is not a JsonException.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>No control characters: one database stores U+0000 and the other refuses it, with all that came in the same batch.</summary>
    private static bool TryText(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = element.GetString()!;
            return !text.Any(char.IsControl);
        }
        // The escape of a lone surrogate stands for no text.
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
