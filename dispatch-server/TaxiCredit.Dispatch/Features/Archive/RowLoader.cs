using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>Stores rows of parts in the transaction that is open, by the names of tables and columns, which must be those of the database.</summary>
internal abstract class RowLoader
{
    private const string ColumnsOfSqlite = """
        SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_xinfo(m.name) p
        WHERE m.type = 'table' AND p.hidden = 0 AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
        """;

    private const string ColumnsOfPostgres = """
        SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
        JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
        WHERE c.table_schema = current_schema() AND c.is_generated = 'NEVER'
        """;

    private readonly Dictionary<string, Dictionary<string, string>> _columns;
    private readonly Withheld _withheld;

    private RowLoader(Dictionary<string, Dictionary<string, string>> columns, Withheld withheld) => (_columns, _withheld) = (columns, withheld);

    /// <summary>Tables of the database that the archive must have.</summary>
    public IEnumerable<string> Tables => _columns.Keys.Where(table => !_withheld.Tables.ContainsKey(table));

    public static async Task<RowLoader> OfAsync(DispatchContext db, Withheld withheld, CancellationToken stop)
    {
        var columns = await ColumnsAsync(db, stop);
        return db is PostgresDispatchContext ? new IntoPostgres(db, columns, withheld) : new IntoSqlite(db, columns, withheld);
    }

    /// <summary>Tables of a database with their columns and its own names of the columns' types.</summary>
    public static async Task<Dictionary<string, Dictionary<string, string>>> ColumnsAsync(DispatchContext db, CancellationToken stop)
    {
        var columns = new Dictionary<string, Dictionary<string, string>>();
        await db.RowsAsync(db is PostgresDispatchContext ? ColumnsOfPostgres : ColumnsOfSqlite, row =>
        {
            if (!columns.TryGetValue(row.GetString(0), out var table))
                columns[row.GetString(0)] = table = [];
            table[row.GetString(1)] = row.GetString(2);
        }, stop);
        return columns;
    }

    /// <returns>How many rows.</returns>
    /// <exception cref="InvalidDataException">An archive has no such table, or the database no such column.</exception>
    public async Task<long> LoadAsync(ArchivePart part, CancellationToken stop)
    {
        var table = part.Head.Table;
        if (_withheld.Tables.ContainsKey(table) || !_columns.TryGetValue(table, out var columns))
            throw new InvalidDataException($"{part.Name} is of a table that no archive of this version has.");
        if (part.Head.Columns.FirstOrDefault(column => !columns.ContainsKey(column.Name)) is { } unknown)
            throw new InvalidDataException($"{part.Name} has a column '{unknown.Name}', which the table does not have.");
        if (part.Head.Columns.DistinctBy(column => column.Name).Count() != part.Head.Columns.Count)
            throw new InvalidDataException($"{part.Name} has a column twice.");
        return await StoreAsync(part, [.. part.Head.Columns.Select(column => columns[column.Name])], stop);
    }

    protected abstract Task<long> StoreAsync(ArchivePart part, string[] types, CancellationToken stop);

    protected static string NamesOf(ArchivePart part) => string.Join(", ", part.Head.Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>What lets somebody in is in no archive that this program wrote: one that has it was made to get in by a restore.</summary>
    private void RefuseSecrets(ArchivePart part, object?[] values)
    {
        for (var n = 0; n < values.Length; n++)
        {
            if (_withheld.Has(part.Head.Table, part.Head.Columns[n].Name) && values[n] is not (null or 0L or false or ""))
                throw new InvalidDataException($"{part.Name} has a value in {part.Head.Columns[n].Name}, which is empty in every archive.");
        }
    }

    private sealed class IntoSqlite(DispatchContext db, Dictionary<string, Dictionary<string, string>> columns, Withheld withheld)
        : RowLoader(columns, withheld)
    {
        private readonly sqlite3 _database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;

        protected override Task<long> StoreAsync(ArchivePart part, string[] types, CancellationToken stop)
        {
            var marks = string.Join(", ", types.Select(_ => "?"));
            Check(raw.sqlite3_prepare_v2(_database, $"INSERT INTO \"{part.Head.Table}\" ({NamesOf(part)}) VALUES ({marks})", out var insert));
            using (insert)
            {
                var rows = 0L;
                RowReader.Read(part, values =>
                {
                    stop.ThrowIfCancellationRequested();
                    RefuseSecrets(part, values);
                    for (var n = 0; n < values.Length; n++)
                        Check(Bind(insert, n + 1, values[n]));
                    if (raw.sqlite3_step(insert) is var stepped and not raw.SQLITE_DONE)
                        Check(stepped);
                    Check(raw.sqlite3_reset(insert));
                    rows++;
                });
                return Task.FromResult(rows);
            }
        }

        private static int Bind(sqlite3_stmt insert, int n, object? value) => value switch
        {
            null => raw.sqlite3_bind_null(insert, n),
            long number => raw.sqlite3_bind_int64(insert, n, number),
            bool truth => raw.sqlite3_bind_int(insert, n, truth ? 1 : 0),
            DateOnly day => raw.sqlite3_bind_text(insert, n, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            Guid guid => raw.sqlite3_bind_text(insert, n, guid.ToString().ToUpperInvariant()),
            byte[] bytes => raw.sqlite3_bind_blob(insert, n, bytes),
            _ => raw.sqlite3_bind_text(insert, n, (string)value),
        };

        private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
    }

    private sealed class IntoPostgres(DispatchContext db, Dictionary<string, Dictionary<string, string>> columns, Withheld withheld)
        : RowLoader(columns, withheld)
    {
        protected override async Task<long> StoreAsync(ArchivePart part, string[] types, CancellationToken stop)
        {
            var isNarrow = types.Select(type => type == "integer").ToArray();
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{part.Head.Table}\" ({NamesOf(part)}) FROM STDIN (FORMAT BINARY)", stop);
            copy.Timeout = TimeSpan.FromMinutes(10);
            var rows = 0L;
            RowReader.Read(part, values =>
            {
                stop.ThrowIfCancellationRequested();
                RefuseSecrets(part, values);
                copy.StartRow();
                for (var n = 0; n < values.Length; n++)
                    Write(copy, values[n], isNarrow[n], part);
                rows++;
            });
            await copy.CompleteAsync(stop);
            return rows;
        }

        private static void Write(NpgsqlBinaryImporter copy, object? value, bool isNarrow, ArchivePart part)
        {
            switch (value)
            {
                case null: copy.WriteNull(); break;
                case long number when isNarrow:
                    copy.Write(number is >= int.MinValue and <= int.MaxValue
                        ? (int)number
                        : throw new InvalidDataException($"{part.Name} has {number}, which is larger than its column takes."));
                    break;
                case long number: copy.Write(number); break;
                case bool truth: copy.Write(truth); break;
                case DateOnly day: copy.Write(day); break;
                case Guid guid: copy.Write(guid); break;
                case byte[] bytes: copy.Write(bytes); break;
                default: copy.Write((string)value, NpgsqlDbType.Text); break;
            }
        }
    }
}
