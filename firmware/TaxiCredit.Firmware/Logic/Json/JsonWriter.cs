namespace TaxiCredit.Firmware.Logic.Json;

/// <summary>
/// Writes JSON into a buffer of fixed size; see ADR 0003. Strings are ASCII without quotes, backslashes and control
/// characters: ids, kinds, digits. What does not fit sets <see cref="Overflowed"/> and is not written.
/// </summary>
internal sealed class JsonWriter
{
    private readonly byte[] _into;
    private readonly int _start;
    private bool _first;

    /// <param name="into">Buffer.</param>
    /// <param name="start">First byte that may be written.</param>
    public JsonWriter(byte[] into, int start)
    {
        _into = into;
        _start = start;
        Reset();
    }

    /// <summary>Bytes written.</summary>
    public int Count { get; private set; }

    public bool Overflowed { get; private set; }

    public void Reset()
    {
        Count = 0;
        Overflowed = false;
        _first = true;
    }

    /// <summary>Rolls back to where <see cref="Count"/> was <paramref name="count"/>, after a complete array item.</summary>
    public void ReturnTo(int count)
    {
        Count = count;
        Overflowed = false;
        _first = false;
    }

    public void BeginObject()
    {
        Separate();
        Put('{');
        _first = true;
    }

    public void EndObject()
    {
        Put('}');
        _first = false;
    }

    public void BeginArray(string name)
    {
        Name(name);
        Put('[');
        _first = true;
    }

    public void EndArray()
    {
        Put(']');
        _first = false;
    }

    public void Field(string name, string value)
    {
        Name(name);
        Quoted(value);
    }

    public void Field(string name, long value)
    {
        Name(name);
        Number(value);
    }

    public void Item(string value)
    {
        Separate();
        Quoted(value);
    }

    private void Name(string name)
    {
        Separate();
        Quoted(name);
        Put(':');
    }

    private void Separate()
    {
        if (!_first) Put(',');
        _first = false;
    }

    private void Quoted(string value)
    {
        Put('"');
        for (int i = 0; i < value.Length; i++) Put(value[i]);
        Put('"');
    }

    private void Number(long value)
    {
        if (value < 0) Put('-');

        // Digits from the left, without a temporary buffer; negative arithmetic, since long.MinValue has no positive twin.
        long rest = value < 0 ? value : -value;
        long unit = -1;
        while (rest / 10 <= unit) unit *= 10;
        for (; unit != 0; unit /= 10)
        {
            Put((char)('0' + (int)(rest / unit)));
            rest %= unit;
        }
    }

    private void Put(char c)
    {
        if (_start + Count >= _into.Length)
        {
            Overflowed = true;
            return;
        }

        _into[_start + Count] = (byte)c;
        Count++;
    }
}
