using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>A column to be read raw.</summary>
/// <param name="Sqlite">Expression for SQLite, which gives whatever type is stored.</param>
/// <param name="Postgres">Expression for PostgreSQL, cast to the type that <paramref name="Kind"/> stands for.</param>
/// <param name="Kind">Number, text or bytes.</param>
internal sealed record RawColumn(string Sqlite, string Postgres, CellKind Kind)
{
    /// <param name="name">Qualified and quoted: <c>l."Points"</c>.</param>
    public static RawColumn Number(string name) => new(name, $"{name}::int8", CellKind.Number);

    public static RawColumn Text(string name) => new(name, $"{name}::text", CellKind.Text);

    public static RawColumn Bytes(string name) => new(name, name, CellKind.Bytes);

    /// <summary>As text, so that one that no calendar has can be told.</summary>
    public static RawColumn Day(string name) => new(name, $"to_char({name}, 'YYYY-MM-DD')", CellKind.Text);
}

/// <summary>
/// Reads millions of rows in one pass, forward only, in the transaction that is open: without a string or an object for any cell. The next rows are
/// fetched on another thread while those before are looked at. SQLite is asked by its own interface, PostgreSQL by a binary COPY.
/// </summary>
internal static class RawRead
{
    /// <param name="from">What follows the columns: from, joins, order.</param>
    /// <param name="take">Is handed each row in turn; it must not use the database.</param>
    public static async Task ReadRawAsync(
        this DispatchContext db, IReadOnlyList<RawColumn> columns, string from, Action<RawRow> take, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using RawSource source = db is PostgresDispatchContext
                ? await RawFromPostgres.OpenAsync(db, columns, from, stop)
                : new RawFromSqlite(db, columns, from);
            await TakeAllAsync(source, columns.Count, take, stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task TakeAllAsync(RawSource source, int columns, Action<RawRow> take, CancellationToken stop)
    {
        var (filling, full) = (new RowBatch(columns), new RowBatch(columns));
        var fill = Task.Run(() => source.Fill(filling), stop);
        try
        {
            for (var more = true; more;)
            {
                more = await fill;
                (filling, full) = (full, filling);
                filling.Clear();
                var next = filling;
                fill = more ? Task.Run(() => source.Fill(next), stop) : Task.FromResult(false);
                for (var row = 0; row < full.Rows; row++)
                    take(new(full, row));
            }
        }
        finally
        {
            // Nobody else may use the connection before it has come to rest.
            await Task.WhenAny(fill);
        }
    }
}
