using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SQLitePCL;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>
/// Inserts entities by the million, inside the transaction that is open: what Entity Framework would store, in its columns and converted as
/// it converts, but without tracking anything. Keys must be set. SQLite takes a prepared statement, PostgreSQL a binary COPY for each batch.
/// </summary>
internal abstract class BulkInsert<T> : IAsyncDisposable
    where T : class
{
    // An operation inserts a handful of rows; to find the columns anew would take longer than to store them.
    private static readonly ConditionalWeakTable<IModel, Target> Targets = [];

    private readonly Target _target;

    private BulkInsert(DispatchContext db) => _target = Targets.GetValue(db.Model, Target.Of);

    protected string Table => _target.Table;

    protected string Names => _target.Names;

    protected int Count => _target.Columns.Count;

    public static BulkInsert<T> Into(DispatchContext db) => db is PostgresDispatchContext ? new IntoPostgres(db) : new IntoSqlite(db);

    public abstract Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken stop);

    public abstract ValueTask DisposeAsync();

    protected object? Stored(T row, int column) => _target.Columns[column].Stored(row);

    /// <summary>Table and columns, quoted.</summary>
    private sealed record Target(string Table, string Names, IReadOnlyList<Column> Columns)
    {
        public static Target Of(IModel model)
        {
            var entity = model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} has no table.");
            var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
            var columns = entity.GetProperties().Select(property => (Property: property, Name: Quote(property.GetColumnName(table)!))).ToList();
            return new(
                Quote(table.Name), string.Join(", ", columns.Select(column => column.Name)),
                [.. columns.Select(column => new Column(column.Property, column.Property.GetRelationalTypeMapping()))]);
        }

        private static string Quote(string name) => $"\"{name}\"";
    }

    private sealed class Column(IProperty property, RelationalTypeMapping mapping)
    {
        private readonly IClrPropertyGetter _getter = property.GetGetter();

        public object? Stored(T row)
        {
            var value = _getter.GetClrValue(row);
            return value is null || mapping.Converter is null ? value : mapping.Converter.ConvertToProvider(value);
        }
    }

    /// <summary>A statement of SQLite's own interface: ADO.NET seeks each parameter by its name for each row, which costs more than the row.</summary>
    private sealed class IntoSqlite : BulkInsert<T>
    {
        private readonly sqlite3 _database;
        private readonly sqlite3_stmt _insert;

        public IntoSqlite(DispatchContext db)
            : base(db)
        {
            _database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
            var values = string.Join(", ", Enumerable.Repeat("?", Count));
            Check(raw.sqlite3_prepare_v2(_database, $"INSERT INTO {Table} ({Names}) VALUES ({values})", out _insert));
        }

        public override Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken stop)
        {
            foreach (var row in rows)
            {
                stop.ThrowIfCancellationRequested();
                for (var n = 0; n < Count; n++)
                    Check(Bind(n + 1, Stored(row, n)));
                var stepped = raw.sqlite3_step(_insert);
                if (stepped != raw.SQLITE_DONE)
                    Check(stepped);
                Check(raw.sqlite3_reset(_insert));
            }

            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            _insert.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>Binds as Microsoft.Data.Sqlite does, so that a row reads the same however it was written.</summary>
        private int Bind(int n, object? value) => value switch
        {
            null => raw.sqlite3_bind_null(_insert, n),
            string text => raw.sqlite3_bind_text(_insert, n, text),
            int number => raw.sqlite3_bind_int(_insert, n, number),
            long number => raw.sqlite3_bind_int64(_insert, n, number),
            bool truth => raw.sqlite3_bind_int(_insert, n, truth ? 1 : 0),
            DateOnly day => raw.sqlite3_bind_text(_insert, n, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            Guid guid => raw.sqlite3_bind_text(_insert, n, guid.ToString().ToUpperInvariant()),
            byte[] bytes => raw.sqlite3_bind_blob(_insert, n, bytes),
            _ => throw new NotSupportedException($"{Table}: {value.GetType().Name} has no form in SQLite here."),
        };

        private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
    }

    private sealed class IntoPostgres(DispatchContext db) : BulkInsert<T>(db)
    {
        private readonly NpgsqlConnection _connection = (NpgsqlConnection)db.Database.GetDbConnection();

        public override async Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken stop)
        {
            await using var copy = await _connection.BeginBinaryImportAsync($"COPY {Table} ({Names}) FROM STDIN (FORMAT BINARY)", stop);
            foreach (var row in rows)
            {
                stop.ThrowIfCancellationRequested();
                copy.StartRow();
                for (var n = 0; n < Count; n++)
                    Write(copy, Stored(row, n));
            }

            await copy.CompleteAsync(stop);
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>Each by its type: for an <c>object</c> the driver would look up the type for each value, which costs more than sending it.</summary>
        private static void Write(NpgsqlBinaryImporter copy, object? value)
        {
            switch (value)
            {
                case null: copy.WriteNull(); break;
                case string text: copy.Write(text); break;
                case int number: copy.Write(number); break;
                case long number: copy.Write(number); break;
                case bool truth: copy.Write(truth); break;
                case DateOnly day: copy.Write(day); break;
                case Guid guid: copy.Write(guid); break;
                case byte[] bytes: copy.Write(bytes); break;
                default: throw new NotSupportedException($"{value.GetType().Name} has no form in PostgreSQL here.");
            }
        }
    }
}
