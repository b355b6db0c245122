using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>Ids that the database hands out, after rows were inserted with ids of their own.</summary>
internal static class Identities
{
    /// <summary>Makes the next id of each table follow the greatest one. SQLite does so by itself.</summary>
    public static async Task CatchUpAsync(DispatchContext db, string[] tables, CancellationToken stop)
    {
        if (db is not PostgresDispatchContext)
            return;
        foreach (var table in tables)
        {
            // setval takes no 0, which an empty table would give; the third argument then leaves the first id at 1.
            var sql = $"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'Id'), coalesce(max(\"Id\"), 1), max(\"Id\") IS NOT NULL) FROM \"{table}\"";
            await db.Database.ExecuteSqlRawAsync(sql, stop);
        }
    }
}
