using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Migrations;

namespace TaxiCredit.Dispatch.Data;

/// <summary>Brings a database to this version of the program: an old one is adopted, a newer one refused, and the migrations that it lacks are run.</summary>
internal static class DatabaseUpgrade
{
    /// <summary>Call once, before anything reads the database.</summary>
    /// <exception cref="InvalidDataException">The database belongs to a newer version of this program, or to one that is too early to be adopted.</exception>
    public static async Task RunAsync(DispatchContext db, CancellationToken stop)
    {
        await CreateFileAsync(db, stop);
        await Baseline.AdoptAsync(db, stop);
        if ((await db.Database.GetAppliedMigrationsAsync(stop)).Except(db.Database.GetMigrations()).LastOrDefault() is { } newer)
        {
            throw new InvalidDataException(
                $"The database was brought up to {newer} by a newer version of this program; this version would misread it. "
                + "Run that one, or restore a backup.");
        }

        await db.Database.MigrateAsync(stop);
    }

    /// <summary>
    /// Makes SQLite's file where there is none. Only here: connections of a running server open no file that is not there, so that
    /// in place of one that was deleted no empty one appears, whose first user would take away the write-ahead log of the other.
    /// </summary>
    public static async Task CreateFileAsync(DispatchContext db, CancellationToken stop)
    {
        if (db is not SqliteDispatchContext)
            return;
        var created = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        if (created.Mode != SqliteOpenMode.ReadWrite || File.Exists(created.DataSource))
            return;
        created.Mode = SqliteOpenMode.ReadWriteCreate;
        await using var file = new SqliteConnection(created.ToString());
        await file.OpenAsync(stop);
        await using var journal = file.CreateCommand();
        // Kept in the file. Entity Framework sets it in a file that it creates itself.
        journal.CommandText = "PRAGMA journal_mode = wal";
        await journal.ExecuteNonQueryAsync(stop);
    }
}
