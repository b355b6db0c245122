using System.Data.Common;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>Reads rows as the database keeps them, in the transaction that is open, over a connection that is.</summary>
internal static class StoredRows
{
    /// <summary>The row of a key as the program knows it.</summary>
    /// <returns>Values as <see cref="RowForm.Read"/> gives them; null if there is no such row.</returns>
    public static async Task<string?[]?> RowAsync(this DispatchContext db, RowForm form, IReadOnlyList<object?> key, CancellationToken stop)
    {
        await using var command = db.Statement(form.SelectByKey, [.. key.Select((value, n) => (RowForm.KeyParameter(n), value ?? DBNull.Value))]);
        await using var row = await command.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop))
            return null;
        var values = new string?[form.Columns.Count];
        form.Read(row, values);
        return values;
    }

    /// <summary>Hands over what a statement selects, row by row.</summary>
    public static async Task RowsAsync(this DispatchContext db, string sql, Action<DbDataReader> take, CancellationToken stop)
    {
        await using var command = db.Statement(sql);
        // Millions of rows take longer than the half minute that a statement gets by default.
        command.CommandTimeout = 0;
        await command.TakeAllAsync(take, stop);
    }
}
