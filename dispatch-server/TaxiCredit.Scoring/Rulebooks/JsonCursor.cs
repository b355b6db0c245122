using System.Globalization;
using System.Text.Json;

namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>
/// One JSON object, read property by property. A property that is missing or wrong becomes a fault in a list that all cursors of the document
/// share, and reads as null: reading goes on, so that every fault is found in one go.
/// </summary>
internal sealed class JsonCursor
{
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);
    private readonly List<RulebookFault> _faults;
    private readonly int _faultsBefore;
    private readonly string _path;

    public JsonCursor(JsonElement element, string path, List<RulebookFault> faults)
    {
        (_path, _faults, _faultsBefore) = (path, faults, faults.Count);
        IsObject = element.ValueKind == JsonValueKind.Object;
        if (!IsObject)
        {
            Fault("is not an object");
            return;
        }

        foreach (var property in element.EnumerateObject())
            if (!_unread.TryAdd(property.Name, property.Value)) Fault(property.Name, "is given twice");
    }

    private bool IsObject { get; }

    /// <summary>Ends the object: an unknown field is a fault. True if nothing in the object, or below it, was at fault.</summary>
    public bool Close()
    {
        foreach (var name in _unread.Keys) Fault(name, "is not a property of this object");
        _unread.Clear();
        return _faults.Count == _faultsBefore;
    }

    public void Fault(string message) => _faults.Add(new(_path, message));

    public void Fault(string property, string message) => _faults.Add(new(PathOf(property), message));

    /// <summary>
    /// Reports a fault if a rule is broken. Comparisons with a value that could not be read (null) are false, so that it breaks no rule besides.
    /// </summary>
    public void Refuse(bool broken, string property, string message)
    {
        if (broken) Fault(property, message);
    }

    public bool Has(string name) => _unread.ContainsKey(name);

    public void Ignore(string name) => _unread.Remove(name);

    public string? Text(string name)
    {
        if (Take(name, JsonValueKind.String, "text") is not { } element) return null;
        var text = element.GetString()!;
        if (!string.IsNullOrWhiteSpace(text)) return text;
        Fault(name, "is empty");
        return null;
    }

    public string? Id(string name, string allowed, int longest)
    {
        if (Text(name) is not { } text) return null;
        if (text.Length <= longest && !text.AsSpan().ContainsAnyExcept(allowed)) return text;
        Fault(name, $"is not an id of 1 to {longest} characters out of '{allowed}'");
        return null;
    }

    public int? Integer(string name, int least, int most)
    {
        if (Take(name, JsonValueKind.Number, "a number") is not { } element) return null;
        if (element.TryGetInt32(out var value) && value >= least && value <= most) return value;
        Fault(name, string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {least} to {most}"));
        return null;
    }

    public Points? Points(string name)
    {
        if (Take(name, JsonValueKind.Number, "a number") is not { } element) return null;
        if (element.TryGetDecimal(out var value) && Math.Abs(value) <= 100_000 && Scoring.Points.TryFromDecimal(value, out var points)) return points;
        Fault(name, "is not an amount from -100000 to 100000 with at most two decimals");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Take(name) is not { } element) return null;
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Fault(name, "is not true or false");
        return null;
    }

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(name, "is not a day of the form 2016-01-31");
        return null;
    }

    /// <summary>A name out of a list; its position there is the value.</summary>
    public int? OneOf(string name, params ReadOnlySpan<string> names)
    {
        if (Text(name) is not { } text) return null;
        var index = names.IndexOf(text);
        if (index >= 0) return index;
        Fault(name, $"is not one of {string.Join(", ", names)}");
        return null;
    }

    /// <summary>A nested object; null, after a fault, if it is missing or of another type.</summary>
    public JsonCursor? Object(string name)
    {
        if (Take(name) is not { } element) return null;
        var cursor = new JsonCursor(element, PathOf(name), _faults);
        return cursor.IsObject ? cursor : null;
    }

    /// <summary>The objects of a list with at least so many items; none, after a fault, if it is missing or of another type.</summary>
    public IEnumerable<JsonCursor> List(string name, int least)
    {
        if (Take(name, JsonValueKind.Array, "a list") is not { } element) yield break;
        Refuse(element.GetArrayLength() < least, name, $"has fewer than {least} items");
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            var cursor = new JsonCursor(item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{index++}]"), _faults);
            if (cursor.IsObject) yield return cursor;
        }
    }

    private JsonElement? Take(string name, JsonValueKind kind, string expected)
    {
        if (Take(name) is not { } element) return null;
        if (element.ValueKind == kind) return element;
        Fault(name, $"is not {expected}");
        return null;
    }

    private JsonElement? Take(string name)
    {
        if (_unread.Remove(name, out var element)) return element;
        Fault(name, "is missing");
        return null;
    }

    private string PathOf(string property) =>
        property.Length > 0 && property.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$')
            ? $"{_path}.{property}"
            : $"{_path}['{property.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
}
