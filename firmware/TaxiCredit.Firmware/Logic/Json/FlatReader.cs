using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Json;

/// <summary>
/// Reads one flat JSON object: strings, integers, booleans. No recursion and no reflection; work and memory are bounded
/// by the input. Arrays, nested objects, fractions, exponents, <c>null</c>, duplicate names, more than
/// <see cref="MaxFields"/> fields, malformed UTF-8 and U+0000 are all refused. Instances are reused.
/// </summary>
internal sealed class FlatReader
{
    public const int MaxFields = 32;

    /// <summary>Digits an integer may have; with them a long cannot overflow.</summary>
    private const int MaxDigits = 18;

    private readonly JsonText _text = new JsonText();
    private readonly JsonField[] _fields = new JsonField[MaxFields];
    private int _count;

    public FlatReader()
    {
        for (int i = 0; i < MaxFields; i++) _fields[i] = new JsonField();
    }

    /// <summary>Reads <paramref name="count"/> bytes from <paramref name="start"/>; replaces what was read before.</summary>
    /// <returns>False when the bytes are not one flat object.</returns>
    public bool TryRead(byte[] bytes, int start, int count)
    {
        _count = 0;
        _text.Begin(bytes, start, count);
        bool read = TryReadObject();
        if (!read) _count = 0;
        return read;
    }

    /// <summary>The field as text of <paramref name="min"/> to <paramref name="max"/> UTF-8 bytes.</summary>
    public bool TryGetString(string name, int min, int max, out string value)
    {
        JsonField? field = Find(name);
        value = "";
        if (field == null || field.Kind != JsonField.Text) return false;
        if (field.Bytes.Length < min || field.Bytes.Length > max) return false;

        value = System.Text.Encoding.UTF8.GetString(field.Bytes, 0, field.Bytes.Length);
        return true;
    }

    /// <summary>The field as an integer from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public bool TryGetInteger(string name, long min, long max, out long value)
    {
        JsonField? field = Find(name);
        value = field == null ? 0 : field.Number;
        return field != null && field.Kind == JsonField.Integer && value >= min && value <= max;
    }

    public bool TryGetBoolean(string name, out bool value)
    {
        JsonField? field = Find(name);
        value = field != null && field.Number != 0;
        return field != null && field.Kind == JsonField.Boolean;
    }

    /// <summary>Whether there is a field of that name, of any type.</summary>
    public bool Has(string name) => Find(name) != null;

    private bool TryReadObject()
    {
        if (!_text.TryTake('{')) return false;
        if (_text.TryTake('}')) return _text.AtEnd();

        do
        {
            if (_count == MaxFields || !TryReadField(_fields[_count])) return false;
            if (IsDuplicate(_fields[_count])) return false;
            _count++;
        }
        while (_text.TryTake(','));

        return _text.TryTake('}') && _text.AtEnd();
    }

    private bool TryReadField(JsonField field)
    {
        byte[]? name = _text.TakeString();
        if (name == null || !_text.TryTake(':')) return false;
        field.Name = name;

        byte[]? text = _text.TakeString();
        if (text != null)
        {
            field.SetText(text);
            return true;
        }

        if (_text.TryTakeWord("true")) return field.Set(JsonField.Boolean, 1);
        if (_text.TryTakeWord("false")) return field.Set(JsonField.Boolean, 0);
        return _text.TryTakeInteger(MaxDigits, out long number) && field.Set(JsonField.Integer, number);
    }

    private bool IsDuplicate(JsonField field)
    {
        for (int i = 0; i < _count; i++)
        {
            byte[] other = _fields[i].Name;
            if (other.Length == field.Name.Length && Bytes.AreEqual(other, 0, field.Name, 0, other.Length)) return true;
        }

        return false;
    }

    private JsonField? Find(string name)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_fields[i].IsNamed(name)) return _fields[i];
        }

        return null;
    }
}
