using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>
/// Inserts entities by the million, inside the transaction that is open: what Entity Framework would store, in its columns and converted as
/// it converts, but without tracking anything. Keys must be set. SQLite takes a prepared statement, PostgreSQL a binary COPY for each batch.
/// </summary>
internal abstract class BulkInsert<T> : IAsyncDisposable
    where T : class
{
    private readonly Column[] _columns;

    private BulkInsert(DispatchContext db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} has no table.");
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        _columns = [.. entity.GetProperties().Select(property => new Column(property, property.GetColumnName(table)!, property.GetRelationalTypeMapping()))];
        Table = Quote(table.Name);
        Names = string.Join(", ", _columns.Select(column => Quote(column.Name)));
    }

    protected string Table { get; }

    protected string Names { get; }

    protected int Count => _columns.Length;

    public static BulkInsert<T> Into(DispatchContext db) => db is PostgresDispatchContext ? new IntoPostgres(db) : new IntoSqlite(db);

    public abstract Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken stop);

    public abstract ValueTask DisposeAsync();

    protected object? Stored(T row, int column) => _columns[column].Stored(row);

    private static string Quote(string name) => $"\"{name}\"";

    private sealed class Column(IProperty property, string name, RelationalTypeMapping mapping)
    {
        public string Name => name;

        public object? Stored(T row)
        {
            var value = property.GetGetter().GetClrValue(row);
            return value is null || mapping.Converter is null ? value : mapping.Converter.ConvertToProvider(value);
        }
    }

    private sealed class IntoSqlite : BulkInsert<T>
    {
        private readonly DbCommand _insert;

        public IntoSqlite(DispatchContext db)
            : base(db)
        {
            _insert = db.Database.GetDbConnection().CreateCommand();
            _insert.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            _insert.CommandText = $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", Enumerable.Range(0, Count).Select(n => $"${n}"))})";
            for (var n = 0; n < Count; n++)
            {
                var parameter = _insert.CreateParameter();
                parameter.ParameterName = $"${n}";
                _insert.Parameters.Add(parameter);
            }
        }

        public override Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken stop)
        {
            foreach (var row in rows)
            {
                stop.ThrowIfCancellationRequested();
                for (var n = 0; n < Count; n++)
                    _insert.Parameters[n].Value = Stored(row, n) ?? DBNull.Value;
                _insert.ExecuteNonQuery();
            }

            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _insert.DisposeAsync();
    }

    private sealed class IntoPostgres(DispatchContext db) : BulkInsert<T>(db)
    {
        private readonly NpgsqlConnection _connection = (NpgsqlConnection)db.Database.GetDbConnection();

        public override async Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken stop)
        {
            await using var copy = await _connection.BeginBinaryImportAsync($"COPY {Table} ({Names}) FROM STDIN (FORMAT BINARY)", stop);
            foreach (var row in rows)
            {
                await copy.StartRowAsync(stop);
                for (var n = 0; n < Count; n++)
                {
                    if (Stored(row, n) is { } value)
                        await copy.WriteAsync(value, stop);
                    else
                        await copy.WriteNullAsync(stop);
                }
            }

            await copy.CompleteAsync(stop);
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
