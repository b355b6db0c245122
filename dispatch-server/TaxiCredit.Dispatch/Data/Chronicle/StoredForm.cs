using System.Buffers;
using System.Buffers.Text;
using System.Text;
using TaxiCredit.Dispatch.Data.Bulk;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// What <see cref="RowForm"/> makes of a row, of one that was read raw by <see cref="RowForm.RawColumns"/>: the same bytes without a string on the way.
/// Not thread-safe.
/// </summary>
internal sealed class StoredForm(RowForm form)
{
    private const int LongestNumber = 20;

    private readonly FormWriter _written = new();
    private readonly byte[] _table = Encoding.UTF8.GetBytes(form.Table);
    private readonly byte[][] _names = [.. form.Columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
    private byte[] _value = new byte[256];

    public ReadOnlySpan<byte> Table => _table;

    /// <summary>SHA-256 of the salt followed by the row's form, in lower-case hex digits.</summary>
    /// <param name="hex">Room for <see cref="FormWriter.HexLength"/> bytes.</param>
    public void Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> key, RawRow row, Span<byte> hex)
    {
        _written.Begin();
        _written.Add(salt);
        _written.Line("taxicredit-row-1"u8);
        _written.Line(_table);
        _written.Line(key);
        for (var n = 0; n < _names.Length; n++)
        {
            if (row.IsNull(n))
                continue;
            var column = form.Columns[n];
            var value = ValueOf(row, n, column.Kind);
            if (!column.IsNullable && IsZero(value, column.Kind))
                continue;
            _written.Line(_names[n]);
            _written.Line(value.Length);
            _written.Line(value);
        }

        _written.Hash(hex);
    }

    /// <summary>The value of a cell as the form has it; good until another is asked for.</summary>
    public ReadOnlySpan<byte> ValueOf(RawRow row, int column, ColumnKind kind)
    {
        switch (row.KindOf(column))
        {
            case CellKind.Number:
                var number = row.Number(column)!.Value;
                if (kind == ColumnKind.Boolean && number is 0 or 1)
                    return number == 1 ? "true"u8 : "false"u8;
                Utf8Formatter.TryFormat(number, _value, out var length);
                return _value.AsSpan(0, length);
            case CellKind.Bytes:
                return Hex(row.Span(column), kind == ColumnKind.Bytes ? default : "bytes "u8);
            case CellKind.Text when kind == ColumnKind.Guid:
                return Ascii.ToLower(row.Span(column), _value, out var letters) == OperationStatus.Done ? _value.AsSpan(0, letters) : row.Span(column);
            default:
                return row.Span(column);
        }
    }

    /// <summary>The row's values as <see cref="RowForm.Read"/> gives them.</summary>
    public void Read(RawRow row, string?[] values)
    {
        for (var n = 0; n < values.Length; n++)
            values[n] = row.IsNull(n) ? null : Encoding.UTF8.GetString(ValueOf(row, n, form.Columns[n].Kind));
    }

    private ReadOnlySpan<byte> Hex(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> before)
    {
        if (_value.Length < before.Length + (2 * bytes.Length))
            _value = new byte[before.Length + (2 * bytes.Length) + LongestNumber];
        before.CopyTo(_value);
        Convert.TryToHexStringLower(bytes, _value.AsSpan(before.Length), out var length);
        return _value.AsSpan(0, before.Length + length);
    }

    private static bool IsZero(ReadOnlySpan<byte> value, ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => value is [(byte)'0'],
        ColumnKind.Boolean => value.SequenceEqual("false"u8),
        ColumnKind.Text or ColumnKind.Bytes => value.IsEmpty,
        _ => false,
    };
}
