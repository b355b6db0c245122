using System.Text.Json;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>Takes the rows of a part apart, as <see cref="PartWriter"/> has written them.</summary>
internal static class RowReader
{
    /// <param name="take">Is handed each row; the array is used again for the next one.</param>
    /// <exception cref="InvalidDataException">A line is no row of the part's columns; the message has part and line.</exception>
    public static void Read(ArchivePart part, Action<object?[]> take)
    {
        var values = new object?[part.Head.Columns.Count];
        var left = part.Rows.Span;
        var line = 1;
        while (!left.IsEmpty)
        {
            line++;
            var end = left.IndexOf((byte)'\n');
            try
            {
                Read(left[..end], part.Head.Columns, values);
            }
            catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException($"{part.Name}, line {line}: {fault.Message}");
            }

            take(values);
            left = left[(end + 1)..];
        }
    }

    private static void Read(ReadOnlySpan<byte> line, IReadOnlyList<PartColumn> columns, object?[] values)
    {
        var json = new Utf8JsonReader(line);
        Expect(json.Read() && json.TokenType == JsonTokenType.StartArray);
        for (var n = 0; n < columns.Count; n++)
        {
            Expect(json.Read());
            values[n] = json.TokenType == JsonTokenType.Null ? null : Value(ref json, columns[n].Kind);
        }

        Expect(json.Read() && json.TokenType == JsonTokenType.EndArray);
        Expect(!json.Read());
    }

    private static object Value(ref Utf8JsonReader json, ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => json.GetInt64(),
        ColumnKind.Boolean => json.GetBoolean(),
        ColumnKind.Date => DateOnly.ParseExact(json.GetString()!, "yyyy-MM-dd"),
        ColumnKind.Guid => Guid.ParseExact(json.GetString()!, "D"),
        ColumnKind.Bytes => json.GetBytesFromBase64(),
        _ => json.GetString()!,
    };

    private static void Expect(bool holds)
    {
        if (!holds)
            throw new FormatException("It is no row of the part's columns.");
    }
}
