using System.Globalization;
using System.Text;

namespace TaxiCredit.Scoring.Ledger;

/// <summary>Writes fields into a buffer on the stack, a line each. Allocates nothing: millions of entries are hashed in a verification.</summary>
internal ref struct LineBuffer(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public void Line(string ascii)
    {
        _length += Encoding.ASCII.GetBytes(ascii, _buffer[_length..]);
        _buffer[_length++] = (byte)'\n';
    }

    public void Line(long? number)
    {
        if (number is null) Line("-");
        else Format(number.Value, default);
    }

    public void Line(DateOnly day) => Format(day, "yyyy-MM-dd");

    private void Format<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(_buffer[_length..], out var written, format, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("The canonical form is longer than its buffer.");
        _length += written;
        _buffer[_length++] = (byte)'\n';
    }
}
