using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>The empty database that a restore fills.</summary>
internal static class RestoreTarget
{
    /// <summary>Looks before anything is made.</summary>
    /// <exception cref="InvalidDataException">The archive is of a newer version, or the database is not empty or has another schema.</exception>
    public static async Task RefuseAsync(DatabaseSettings settings, ArchiveHead head, CancellationToken stop)
    {
        await using DispatchContext db = settings.Provider == DatabaseProvider.Postgres ? Postgres(settings) : Sqlite(":memory:");
        if (!db.Database.GetMigrations().Contains(head.Schema))
        {
            throw new InvalidDataException(
                $"The archive has the schema {head.Schema}, which this version of the program does not know: a newer one wrote it. Restore with that one.");
        }

        if (settings.Provider != DatabaseProvider.Postgres || !await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(stop))
            return;
        await db.Database.OpenConnectionAsync(stop);
        await RefuseFilledAsync(db, stop);
        if ((await db.Database.GetAppliedMigrationsAsync(stop)).Max(StringComparer.Ordinal) is { } schema
            && string.CompareOrdinal(schema, head.Schema) > 0)
        {
            throw new InvalidDataException(
                $"The database has the schema {schema} already, and the archive an older one, {head.Schema}: make the database anew, without tables.");
        }
    }

    /// <summary>Whether a row is in any table of PostgreSQL's database; SQLite's is a file, which is looked for.</summary>
    public static async Task<bool> IsFilledAsync(DatabaseSettings settings, CancellationToken stop)
    {
        if (settings.Provider != DatabaseProvider.Postgres)
            return false;
        await using var db = Postgres(settings);
        if (!await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(stop))
            return false;
        await db.Database.OpenConnectionAsync(stop);
        return await FilledAsync(db, stop) is not null;
    }

    /// <exception cref="InvalidDataException">A table has rows.</exception>
    public static async Task RefuseFilledAsync(DispatchContext db, CancellationToken stop)
    {
        if (await FilledAsync(db, stop) is { } table)
        {
            throw new InvalidDataException(
                $"The database is not empty: {table} has rows. A city is in it, or a server runs on it; a restore takes an empty one.");
        }
    }

    /// <returns>A table that has rows; null if none has.</returns>
    private static async Task<string?> FilledAsync(DispatchContext db, CancellationToken stop)
    {
        foreach (var table in (await RowLoader.ColumnsAsync(db, stop)).Keys.Where(table => !table.StartsWith("__EF", StringComparison.Ordinal)).Order())
        {
            var isFilled = false;
            await db.RowsAsync($"SELECT 1 FROM \"{table}\" LIMIT 1", _ => isFilled = true, stop);
            if (isFilled)
                return table;
        }

        return null;
    }

    public static PostgresDispatchContext Postgres(DatabaseSettings settings) =>
        new(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql(settings.Connection).Options);

    /// <summary>A file that nobody else knows of yet: nothing needs to be undone in it, as after a fault it is deleted.</summary>
    public static async Task<DispatchContext> MakeSqliteAsync(DataFolder making, string schema, CancellationToken stop)
    {
        var db = Sqlite(making.DatabaseFile);
        try
        {
            await db.GetService<IMigrator>().MigrateAsync(schema, stop);
            await db.Database.OpenConnectionAsync(stop);
            foreach (var pragma in new[] { "journal_mode = OFF", "synchronous = OFF", "cache_size = -65536" })
                await db.RowsAsync($"PRAGMA {pragma}", _ => { }, stop);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings it up to this version and to the journal that the server uses.</summary>
    public static async Task FinishSqliteAsync(DispatchContext db, CancellationToken stop)
    {
        await db.RowsAsync("PRAGMA journal_mode = WAL", _ => { }, stop);
        await DatabaseUpgrade.RunAsync(db, stop);
        await db.RowsAsync("PRAGMA wal_checkpoint(TRUNCATE)", _ => { }, stop);
    }

    /// <summary>What was written without waiting for the disk is on it now.</summary>
    public static void Sync(string file)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    /// <summary>Rows come in the order of their tables' names, not in the one that triggers for insertions expect.</summary>
    public static async Task TriggersAsync(DispatchContext db, string change, CancellationToken stop)
    {
        foreach (var table in (await RowLoader.ColumnsAsync(db, stop)).Keys.Order())
            await db.RowsAsync($"ALTER TABLE \"{table}\" {change} TRIGGER USER", _ => { }, stop);
    }

    /// <summary>Rows that refer to nothing are refused, and ids go on after the greatest.</summary>
    public static async Task CheckKeysAsync(DispatchContext db, CancellationToken stop)
    {
        if (db is PostgresDispatchContext)
        {
            var numbered = new List<string>();
            await db.RowsAsync(
                "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'Id' AND is_identity = 'YES'",
                row => numbered.Add(row.GetString(0)), stop);
            await Identities.CatchUpAsync(db, [.. numbered], stop);
            return;
        }

        string? orphan = null;
        await db.RowsAsync("PRAGMA foreign_key_check", row => orphan ??= $"a row of {row.GetString(0)} refers to one of {row.GetString(2)}", stop);
        if (orphan is not null)
            throw new InvalidDataException($"The archive does not fit together: {orphan} that is not there.");
    }

    private static SqliteDispatchContext Sqlite(string file) => new(new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite(
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = false }.ToString()).Options);
}
