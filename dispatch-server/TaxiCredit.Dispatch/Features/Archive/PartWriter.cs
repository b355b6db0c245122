using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// Rows of one table as lines of JSON: the first line of each part names the columns, each other one is an array of their values. Integers, booleans and
/// null are written as JSON has them, days as <c>yyyy-MM-dd</c>, UUIDs in lower-case hex, bytes in base64, all else as the text it is.
/// </summary>
/// <param name="flush">Takes the name of a part and its content.</param>
internal sealed class PartWriter(string table, IReadOnlyList<FormColumn> columns, Action<string, ReadOnlySpan<byte>> flush)
{
    // Nothing of it is ever put into a page: Chinese stays as people wrote it.
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _part = new(ArchiveForm.PartBytes + (64 << 10));
    private int _number;

    public long Rows { get; private set; }

    /// <exception cref="InvalidDataException">A value is not of its column's type, which SQLite takes but no other database.</exception>
    public void Add(string?[] values)
    {
        Begin();
        using (var json = new Utf8JsonWriter(_part, Form))
        {
            json.WriteStartArray();
            for (var n = 0; n < columns.Count; n++)
                Write(json, columns[n], values[n]);
            json.WriteEndArray();
        }

        _part.Write("\n"u8);
        Rows++;
        if (_part.WrittenCount > ArchiveForm.MaxPartBytes)
            throw new InvalidDataException($"{table}: a row of {_part.WrittenCount} bytes is larger than an archive takes.");
        if (_part.WrittenCount >= ArchiveForm.PartBytes)
            Flush();
    }

    /// <summary>A table without rows has one part too, which says that it is not forgotten.</summary>
    public void End()
    {
        if (_number > 0 && _part.WrittenCount == 0)
            return;
        Begin();
        Flush();
    }

    private void Begin()
    {
        if (_part.WrittenCount > 0)
            return;
        _part.Write(JsonSerializer.SerializeToUtf8Bytes(PartHead.Of(table, columns), PartHead.Json));
        _part.Write("\n"u8);
    }

    private void Flush()
    {
        flush(ArchiveForm.NameOf(table, ++_number), _part.WrittenSpan);
        _part.ResetWrittenCount();
    }

    private void Write(Utf8JsonWriter json, FormColumn column, string? value)
    {
        switch (column.Kind)
        {
            case var _ when value is null:
                json.WriteNullValue();
                return;
            case ColumnKind.Integer when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                return;
            case ColumnKind.Boolean when value is "true" or "false":
                json.WriteBooleanValue(value == "true");
                return;
            case ColumnKind.Bytes when value.Length % 2 == 0 && value.All(char.IsAsciiHexDigitLower):
                json.WriteBase64StringValue(Convert.FromHexString(value));
                return;
            case ColumnKind.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", out _):
            case ColumnKind.Guid when Guid.TryParseExact(value, "D", out _):
            case ColumnKind.Text when !value.Contains('\0'):
                json.WriteStringValue(value);
                return;
            default:
                throw new InvalidDataException($"{table}: a row holds in {column.Name} what is no {column.Kind}; nothing was written. See what verify says.");
        }
    }
}

/// <summary>The first line of a part.</summary>
internal sealed record PartHead(string Table, IReadOnlyList<PartColumn> Columns)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static PartHead Of(string table, IEnumerable<FormColumn> columns) => new(table, [.. columns.Select(c => new PartColumn(c.Name, c.Kind))]);
}

internal sealed record PartColumn(string Name, ColumnKind Kind);
