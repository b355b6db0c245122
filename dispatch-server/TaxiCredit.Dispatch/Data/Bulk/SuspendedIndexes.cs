using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>
/// Indexes that are dropped before millions of rows are inserted and made again afterwards, in the same transaction: sorting once is several
/// times faster than a place sought for each row, and a unique index that is made again still refuses a duplicate. Primary keys stay.
/// </summary>
internal sealed class SuspendedIndexes
{
    private readonly DispatchContext _db;
    private readonly List<string> _definitions;

    private SuspendedIndexes(DispatchContext db, List<string> definitions) => (_db, _definitions) = (db, definitions);

    public static async Task<SuspendedIndexes> OfAsync(DispatchContext db, string[] tables, CancellationToken stop)
    {
        var found = new List<(string Name, string Definition)>();
        await using (var query = Command(db, db is PostgresDispatchContext
            ? "SELECT i.indexname, i.indexdef, i.tablename FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname AND c.relnamespace = current_schema()::regnamespace JOIN pg_index x ON x.indexrelid = c.oid "
                + "WHERE i.schemaname = current_schema() AND NOT x.indisprimary"
            : "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
        await using (var indexes = await query.ExecuteReaderAsync(stop))
        {
            while (await indexes.ReadAsync(stop))
            {
                if (tables.Contains(indexes.GetString(2)))
                    found.Add((indexes.GetString(0), indexes.GetString(1)));
            }
        }

        foreach (var (name, _) in found)
            await ExecuteAsync(db, $"DROP INDEX \"{name}\"", stop);
        return new(db, found.ConvertAll(index => index.Definition));
    }

    public async Task RestoreAsync(CancellationToken stop)
    {
        foreach (var definition in _definitions)
            await ExecuteAsync(_db, definition, stop);
    }

    private static async Task ExecuteAsync(DispatchContext db, string sql, CancellationToken stop)
    {
        await using var command = Command(db, sql);
        // An index over millions of rows takes longer than the half minute that a statement gets by default.
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
