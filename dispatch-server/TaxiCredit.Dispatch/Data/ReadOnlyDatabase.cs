using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TaxiCredit.Dispatch.Data;

/// <summary>Opens a database so that nothing can be written to it, not even by a migration.</summary>
internal static class ReadOnlyDatabase
{
    /// <returns>The database; the caller disposes of it.</returns>
    /// <exception cref="InvalidDataException">
    /// There is none, or it was made by another version of this program, or a server has not prepared it yet; the message says which, and what to do.
    /// </exception>
    public static async Task<DispatchContext> OpenAsync(DatabaseSettings settings, CancellationToken stop)
    {
        DispatchContext db = settings.Provider == DatabaseProvider.Postgres ? Postgres(settings.Connection) : Sqlite(settings.Connection);
        try
        {
            await CheckVersionAsync(db, stop);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private static async Task CheckVersionAsync(DispatchContext db, CancellationToken stop)
    {
        var (applied, known) = ((await db.Database.GetAppliedMigrationsAsync(stop)).ToList(), db.Database.GetMigrations().ToList());
        if (applied.Except(known).LastOrDefault() is { } other)
            throw new InvalidDataException($"The database has the schema {other} of another version of this program; use that one.");
        if (known.Except(applied).FirstOrDefault() is { } missing)
        {
            throw new InvalidDataException(
                $"The database {(applied.Count == 0 ? "has no schema" : $"has the schema {applied[^1]}")}, and this version needs {missing} too. "
                + "Start this version of the server on it, or on a copy of it, once.");
        }

        if (!await db.Set<Chronicle.ChainHead>().AnyAsync(stop) && !await db.Set<Chronicle.ChronicleEntry>().AnyAsync(stop))
            throw new InvalidDataException("The database was migrated, but no server has taken its facts into the chronicle yet. Start the server once.");
    }

    private static PostgresDispatchContext Postgres(string connection)
    {
        var readOnly = new NpgsqlConnectionStringBuilder(connection) { Options = "-c default_transaction_read_only=on" };
        return new(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql(readOnly.ToString()).Options);
    }

    private static SqliteDispatchContext Sqlite(string connection)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(connection).DataSource);
        if (!File.Exists(file))
            throw new InvalidDataException($"There is no database at {file}.");
        // Without a write-ahead log nobody has it open, and it can be read without a lock or a file beside it; with one a server may be writing.
        var source = File.Exists(file + "-wal") ? file : $"{new Uri(file).AbsoluteUri}?immutable=1";
        var readOnly = new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        return new(new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite(readOnly.ToString()).Options);
    }
}
