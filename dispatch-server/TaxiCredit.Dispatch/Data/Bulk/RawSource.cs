using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>Where raw rows come from. For one thread at a time.</summary>
internal abstract class RawSource : IAsyncDisposable
{
    /// <returns>False once there are no more rows.</returns>
    public abstract bool Fill(RowBatch batch);

    public abstract ValueTask DisposeAsync();
}

internal sealed class RawFromSqlite : RawSource
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _select;
    private readonly int _columns;

    public RawFromSqlite(DispatchContext db, IReadOnlyList<RawColumn> columns, string from)
    {
        _columns = columns.Count;
        _database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        var sql = $"SELECT {string.Join(", ", columns.Select(column => column.Sqlite))} {from}";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _select), _database);
    }

    public override bool Fill(RowBatch batch)
    {
        while (!batch.IsFull)
        {
            var stepped = raw.sqlite3_step(_select);
            if (stepped == raw.SQLITE_DONE)
                return false;
            if (stepped != raw.SQLITE_ROW)
                SqliteException.ThrowExceptionForRC(stepped, _database);
            for (var n = 0; n < _columns; n++)
                Add(batch, n);
        }

        return true;
    }

    public override ValueTask DisposeAsync()
    {
        _select.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Add(RowBatch batch, int n)
    {
        switch (raw.sqlite3_column_type(_select, n))
        {
            case raw.SQLITE_NULL: batch.AddNull(); break;
            case raw.SQLITE_INTEGER: batch.AddNumber(raw.sqlite3_column_int64(_select, n)); break;
            // As they are stored, which is UTF-8.
            case raw.SQLITE_TEXT: batch.Add(CellKind.Text, raw.sqlite3_column_blob(_select, n)); break;
            case raw.SQLITE_BLOB: batch.Add(CellKind.Bytes, raw.sqlite3_column_blob(_select, n)); break;
            default:
                batch.Add(CellKind.Real, Encoding.ASCII.GetBytes(raw.sqlite3_column_double(_select, n).ToString(CultureInfo.InvariantCulture)));
                break;
        }
    }
}
