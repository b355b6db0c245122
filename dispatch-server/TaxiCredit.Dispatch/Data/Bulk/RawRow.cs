using System.Text;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>What a cell holds, whatever its column should hold: SQLite stores any type in any column.</summary>
internal enum CellKind : byte { Null, Number, Text, Bytes, Real }

/// <summary>A row of a <see cref="RowBatch"/>: good until the next one is handed over.</summary>
internal readonly struct RawRow(RowBatch batch, int row)
{
    public CellKind KindOf(int column) => batch.Cell(row, column).Kind;

    public bool IsNull(int column) => KindOf(column) == CellKind.Null;

    /// <summary>Null where there is no number.</summary>
    public long? Number(int column) => batch.Cell(row, column) is { Kind: CellKind.Number } cell ? cell.Number : null;

    /// <summary>A text in UTF-8, bytes as they are, a fraction in the words of the invariant culture; nothing of a number or of null.</summary>
    public ReadOnlySpan<byte> Span(int column) => batch.Span(row, column);

    /// <summary>A text in UTF-8, nothing of anything else.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => KindOf(column) == CellKind.Text ? Span(column) : default;

    /// <summary>Null where there is no text.</summary>
    public string? Text(int column) => KindOf(column) == CellKind.Text ? Encoding.UTF8.GetString(Span(column)) : null;

    /// <summary>A day that is selected as text, yyyy-MM-dd; null where there is none.</summary>
    public DateOnly? Day(int column)
    {
        if (KindOf(column) != CellKind.Text || Span(column) is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _] text)
            return null;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..]));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new(year, month, day) : null;
    }

    /// <summary>For people: what stands there, whatever it is.</summary>
    public string Shown(int column) => batch.Cell(row, column) switch
    {
        { Kind: CellKind.Null } => "null",
        { Kind: CellKind.Number } cell => $"{cell.Number}",
        { Kind: CellKind.Bytes } => Convert.ToHexStringLower(Span(column)),
        _ => Encoding.UTF8.GetString(Span(column)),
    };

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var letter in text)
        {
            if (letter is < (byte)'0' or > (byte)'9')
                return -1;
            number = (10 * number) + letter - '0';
        }

        return number;
    }
}

/// <summary>Rows as the database sent them, in buffers that are filled again and again, and grow with the table: most tables have a few rows.</summary>
internal sealed class RowBatch(int columns)
{
    private const int FirstRows = 32;
    private const int MaxRows = 2_048;
    private const int BytesOfRow = 512;

    private RawCell[] _cells = new RawCell[FirstRows * columns];
    private byte[] _bytes = new byte[FirstRows * BytesOfRow];
    private int _nextCell;
    private int _used;

    public int Rows => _nextCell / columns;

    public bool IsFull => _nextCell == _cells.Length || _used >= MaxRows * BytesOfRow;

    public ref readonly RawCell Cell(int row, int column) => ref _cells[(row * columns) + column];

    public ReadOnlySpan<byte> Span(int row, int column) => Cell(row, column) is { Length: > 0 } cell ? _bytes.AsSpan((int)cell.Number, cell.Length) : default;

    public void Clear()
    {
        if (IsFull && _cells.Length < MaxRows * columns)
            _cells = new RawCell[4 * _cells.Length];
        (_nextCell, _used) = (0, 0);
    }

    public void AddNull() => _cells[_nextCell++] = default;

    public void AddNumber(long number) => _cells[_nextCell++] = new(CellKind.Number, number, 0);

    public void Add(CellKind kind, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Took(kind, bytes.Length);
    }

    /// <summary>Where the bytes of the next cell go; tell with <see cref="Took"/> that they are there.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - _used < length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _used + length));
        return _bytes.AsSpan(_used, length);
    }

    public void Took(CellKind kind, int length)
    {
        _cells[_nextCell++] = new(kind, _used, length);
        _used += length;
    }
}

/// <param name="Number">The number, or where the bytes begin.</param>
internal readonly record struct RawCell(CellKind Kind, long Number, int Length);
