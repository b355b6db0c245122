using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace TaxiCredit.Dispatch.Data.Migrations;

/// <summary>
/// The migration that all others come after: a script of SQL per database, so that no later change of the code changes what it makes. It
/// replaced seven migrations of before the first release, whose databases are adopted. ADR 0023.
/// </summary>
internal static class Baseline
{
    public const string Id = "20261129000000_Baseline";

    private const string LastReplacedOnSqlite = "20261123045447_CasePhotos";
    private const string LastReplacedOnPostgres = "20261123045513_CasePhotos";

    public static string Read(string script)
    {
        using var text = new StreamReader(typeof(Baseline).Assembly.GetManifestResourceStream(script)!);
        return text.ReadToEnd();
    }

    /// <summary>
    /// Lets a database that all replaced migrations have made count as one of the baseline, which makes the very same schema. Does nothing to any
    /// other; safe to call by several servers at once.
    /// </summary>
    /// <exception cref="InvalidDataException">Not all of the replaced migrations were applied; the message says what to do.</exception>
    public static async Task AdoptAsync(DispatchContext db, CancellationToken stop)
    {
        var replaced = (await db.Database.GetAppliedMigrationsAsync(stop)).Where(id => string.CompareOrdinal(id, Id) < 0).Max(StringComparer.Ordinal);
        if (replaced is null)
            return;
        var last = db is PostgresDispatchContext ? LastReplacedOnPostgres : LastReplacedOnSqlite;
        if (replaced != last)
        {
            throw new InvalidDataException(
                $"The database was made by an early version of this program and stops at {replaced}. "
                + $"Run a version that brings it up to {last} once, then this one.");
        }

        await using var write = await db.BeginWriteAsync(stop);
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" < {Id}""", stop);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ({Id}, {ProductInfo.GetVersion()}) ON CONFLICT DO NOTHING""",
            stop);
        await write.SaveAsync(stop);
    }
}
