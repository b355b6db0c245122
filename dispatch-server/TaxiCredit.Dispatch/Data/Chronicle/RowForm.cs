using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TaxiCredit.Dispatch.Data.Bulk;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// How a column is written in a row's form: integers in decimal, booleans as true or false, days as yyyy-MM-dd, bytes in hex, all else as the text it is.
/// </summary>
internal enum ColumnKind { Text, Integer, Boolean, Date, Guid, Bytes }

internal sealed record FormColumn(string Name, ColumnKind Kind, bool IsNullable);

/// <summary>
/// The form in which a row of a table is committed to, the same on either database: it is made of what the database holds, not of what the program
/// meant to store. A column that is null, or that cannot be null and is 0, false or empty, is left out, so that a column which a later version adds
/// with such a default changes no earlier commitment.
/// </summary>
/// <remarks><code>
/// taxicredit-row-1
/// table
/// key
/// column, by name in the order of its bytes, for each that is not left out:
/// length in bytes
/// value
/// </code></remarks>
internal sealed class RowForm
{
    private const int SaltLength = 16;

    [ThreadStatic]
    private static FormWriter? _written;

    private RowForm(string table, bool isOpen, List<FormColumn> columns, IReadOnlyList<string> keyNames, bool isPostgres)
    {
        (Table, IsOpen, Columns, KeyNames) = (table, isOpen, columns, keyNames);
        Keys = [.. keyNames.Select(name => columns.FindIndex(column => column.Name == name))];
        Expressions = string.Join(", ", columns.Select(column => Expression(column, isPostgres)));
        RawColumns = columns.ConvertAll(column => new RawColumn(Expression(column, false), Expression(column, true), CellKind.Text));
        var parameters = keyNames.Select((name, n) => $"\"{name}\" = {KeyParameter(n)}");
        SelectByKey = $"SELECT {Expressions} FROM \"{table}\" t WHERE {string.Join(" AND ", parameters)}";
        // By an expression over the key the row's mark is found inside the database; of several columns or other types the program finds it.
        HasNumberKey = Keys is [var only] && columns[only].Kind == ColumnKind.Integer;
    }

    public string Table { get; }

    public bool IsOpen { get; }

    /// <summary>By name, in the order of its bytes.</summary>
    public IReadOnlyList<FormColumn> Columns { get; }

    /// <summary>Columns of the key, in the key's order.</summary>
    public IReadOnlyList<string> KeyNames { get; }

    /// <summary>Their places among <see cref="Columns"/>.</summary>
    public IReadOnlyList<int> Keys { get; }

    /// <summary>What to select from the table under the name <c>t</c>, in the order of <see cref="Columns"/>.</summary>
    public string Expressions { get; }

    /// <summary>As <see cref="Expressions"/>, for a pass over a large table; see <see cref="StoredForm"/>.</summary>
    public IReadOnlyList<RawColumn> RawColumns { get; }

    /// <summary>Selects <see cref="Expressions"/> of one row, with a <see cref="KeyParameter"/> for each column of its key.</summary>
    public string SelectByKey { get; }

    public bool HasNumberKey { get; }

    /// <summary>Name of the parameter for a column of the key, in the order of <see cref="KeyNames"/>.</summary>
    public static string KeyParameter(int n) => $"@key{n}";

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    /// <param name="except">Names of properties that are left out.</param>
    public static RowForm Of(IEntityType entity, bool isOpen, ICollection<string> except, bool isPostgres)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var columns = entity.GetProperties().Where(property => !except.Contains(property.Name)).Select(property => new FormColumn(
            property.GetColumnName(table)!, KindOf(property), property.IsNullable));
        var documents = entity.GetNavigations().Where(n => n.TargetEntityType.IsMappedToJson())
            .Select(n => new FormColumn(n.TargetEntityType.GetContainerColumnName()!, ColumnKind.Text, false));
        var keyNames = entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName(table)!);
        return new(
            table.Name, isOpen, [.. columns.Concat(documents).OrderBy(column => column.Name, StringComparer.Ordinal)], [.. keyNames], isPostgres);
    }

    /// <summary>The values of a row that was selected by <see cref="Expressions"/>, as text.</summary>
    public void Read(DbDataReader row, string?[] values)
    {
        for (var n = 0; n < Columns.Count; n++)
            values[n] = row.IsDBNull(n) ? null : Text(row.GetValue(n), Columns[n].Kind);
    }

    public string KeyOf(string?[] values) => Keys is [var only]
        ? Uri.EscapeDataString(values[only] ?? "")
        : string.Join('/', Keys.Select(n => Uri.EscapeDataString(values[n] ?? "")));

    /// <summary>As <see cref="KeyOf(string?[])"/>, of the values that the program has, in the order of <see cref="Keys"/>.</summary>
    public static string KeyOf(IEnumerable<object?> key) => string.Join('/', key.Select(value => Uri.EscapeDataString(value switch
    {
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    })));

    /// <summary>SHA-256 of the salt followed by the row's form, 64 lower-case hex digits.</summary>
    public string Commit(ReadOnlySpan<byte> salt, string key, string?[] values)
    {
        var form = _written ??= new();
        form.Begin();
        form.Add(salt);
        form.Line("taxicredit-row-1"u8);
        form.Line(Table);
        form.Line(key);
        for (var n = 0; n < Columns.Count; n++)
        {
            if (values[n] is not { } value || !Columns[n].IsNullable && IsZero(value, Columns[n].Kind))
                continue;
            form.Line(Columns[n].Name);
            form.Line(Encoding.UTF8.GetByteCount(value));
            form.Line(value);
        }

        return form.Hash();
    }

    /// <summary>The row in JSON, columns by name.</summary>
    public string ContentOf(string?[] values) =>
        JsonSerializer.Serialize(Columns.Select((column, n) => (column.Name, values[n])).ToDictionary(c => c.Name, c => c.Item2));

    private static bool IsZero(string value, ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => value == "0",
        ColumnKind.Boolean => value == "false",
        ColumnKind.Text or ColumnKind.Bytes => value.Length == 0,
        _ => false,
    };

    private static ColumnKind KindOf(IProperty property)
    {
        var type = property.GetRelationalTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(int) || type == typeof(long) ? ColumnKind.Integer
            : type == typeof(bool) ? ColumnKind.Boolean
            : type == typeof(Guid) ? ColumnKind.Guid
            : type == typeof(byte[]) ? ColumnKind.Bytes
            : type == typeof(DateOnly) ? ColumnKind.Date
            : type == typeof(string) ? ColumnKind.Text
            : throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name}: {type.Name} has no form in the chronicle.");
    }

    /// <summary>PostgreSQL gives the text of each value, so that one that no program type can hold is still compared.</summary>
    private static string Expression(FormColumn column, bool isPostgres) => !isPostgres ? $"t.\"{column.Name}\""
        : column.Kind == ColumnKind.Bytes ? $"encode(t.\"{column.Name}\", 'hex')"
        : column.Kind == ColumnKind.Date ? $"to_char(t.\"{column.Name}\", 'YYYY-MM-DD')"
        : $"t.\"{column.Name}\"::text";

    private static string Text(object value, ColumnKind kind) => value switch
    {
        long number when kind == ColumnKind.Boolean && number is 0 or 1 => number == 1 ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        string text => kind == ColumnKind.Guid ? text.ToLowerInvariant() : text,
        byte[] bytes => (kind == ColumnKind.Bytes ? "" : "bytes ") + Convert.ToHexStringLower(bytes),
        // SQLite stores any type in any column.
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
