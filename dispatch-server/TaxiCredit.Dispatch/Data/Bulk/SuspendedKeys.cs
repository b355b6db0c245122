using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>
/// Indexes, PostgreSQL's foreign keys and SQLite's triggers for insertions, that are dropped before millions of rows are inserted and made again
/// afterwards, in the same transaction: sorting or joining once is several times faster than a place sought and a row asked for each, and what is made
/// again still refuses a duplicate or an orphan. Primary keys stay. SQLite's foreign keys stay too: it cannot add one to a table that is there.
/// </summary>
internal sealed class SuspendedKeys
{
    // Triggers that refuse a row which meets another look for it in those indexes: without them each insertion would read the whole table.
    private const string OfSqlite = """
        SELECT tbl_name, 'DROP ' || upper(type) || ' "' || name || '"', sql FROM sqlite_master
        WHERE type = 'index' AND sql IS NOT NULL OR type = 'trigger' AND sql LIKE '%BEFORE INSERT%'
        ORDER BY type = 'index'
        """;

    // Foreign keys are dropped first and made again last.
    private const string OfPostgres =
        """
        SELECT c.relname, format('ALTER TABLE %I DROP CONSTRAINT %I', c.relname, k.conname),
            format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)), 1
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT c.relname, format('DROP INDEX %I', i.relname), pg_get_indexdef(i.oid), 2
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        WHERE NOT x.indisprimary AND c.relnamespace = current_schema()::regnamespace
        ORDER BY 4
        """;

    private readonly DispatchContext _db;
    private readonly IReadOnlyList<string> _definitions;

    private SuspendedKeys(DispatchContext db, IReadOnlyList<string> definitions) => (_db, _definitions) = (db, definitions);

    public static async Task<SuspendedKeys> OfAsync(DispatchContext db, string[] tables, CancellationToken stop)
    {
        var found = new List<(string Drop, string Definition)>();
        await using (var query = Command(db, db is PostgresDispatchContext ? OfPostgres : OfSqlite))
        await using (var row = await query.ExecuteReaderAsync(stop))
        {
            while (await row.ReadAsync(stop))
            {
                if (tables.Contains(row.GetString(0)))
                    found.Add((row.GetString(1), row.GetString(2)));
            }
        }

        foreach (var (drop, _) in found)
            await ExecuteAsync(db, drop, stop);
        return new(db, [.. found.Select(one => one.Definition).Reverse()]);
    }

    public async Task RestoreAsync(CancellationToken stop)
    {
        foreach (var definition in _definitions)
            await ExecuteAsync(_db, definition, stop);
    }

    private static async Task ExecuteAsync(DispatchContext db, string sql, CancellationToken stop)
    {
        await using var command = Command(db, sql);
        // What is made again over millions of rows takes longer than the half minute that a statement gets by default.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(stop);
    }

    private static DbCommand Command(DispatchContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        return command;
    }
}
