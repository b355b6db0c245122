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
        await Baseline.AdoptAsync(db, stop);
        if ((await db.Database.GetAppliedMigrationsAsync(stop)).Except(db.Database.GetMigrations()).LastOrDefault() is { } newer)
        {
            throw new InvalidDataException(
                $"The database was brought up to {newer} by a newer version of this program; this version would misread it. "
                + "Run that one, or restore a backup.");
        }

        await db.Database.MigrateAsync(stop);
    }
}
