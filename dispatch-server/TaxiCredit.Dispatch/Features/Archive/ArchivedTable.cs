using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>A table that is in an archive, in the form of its rows, which is the same on either database.</summary>
/// <param name="Withheld">What of it is left out.</param>
internal sealed record ArchivedTable(string Name, RowForm Form, Withheld Withheld)
{
    /// <summary>Every table of the model but those that are withheld, by name in the order of its bytes.</summary>
    public static List<ArchivedTable> AllOf(DispatchContext db, Withheld withheld) =>
        [
            .. db.Model.GetEntityTypes().Where(entity => !entity.IsOwned() && entity.GetTableName() is { } name && !withheld.Tables.ContainsKey(name))
                .Select(entity => new ArchivedTable(entity.GetTableName()!, RowForm.Of(entity, isOpen: false, [], db is PostgresDispatchContext), withheld))
                .OrderBy(table => table.Name, StringComparer.Ordinal),
        ];

    /// <summary>Hands over each row, in the order of its key, without what is withheld. The array is used again for the next row.</summary>
    public Task ReadAsync(DispatchContext db, Action<string?[]> take, CancellationToken stop)
    {
        var values = new string?[Form.Columns.Count];
        var order = string.Join(", ", Form.KeyNames.Select(name => $"t.\"{name}\""));
        return db.RowsAsync($"SELECT {Form.Expressions} FROM \"{Name}\" t ORDER BY {order}", row =>
        {
            Form.Read(row, values);
            Blank(values);
            take(values);
        }, stop);
    }

    /// <summary>The value of a column of a row.</summary>
    public string? this[string?[] values, string column] => values[IndexOf(column)];

    public int IndexOf(string column)
    {
        for (var n = 0; n < Form.Columns.Count; n++)
        {
            if (Form.Columns[n].Name == column)
                return n;
        }

        throw new ArgumentException($"{Name} has no column {column}.", nameof(column));
    }

    private void Blank(string?[] values)
    {
        for (var n = 0; n < values.Length; n++)
        {
            if (Withheld.Has(Name, Form.Columns[n].Name))
                values[n] = Withheld.Blank(Form.Columns[n]);
        }
    }
}
