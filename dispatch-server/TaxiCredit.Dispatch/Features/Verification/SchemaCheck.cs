using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Compares tables, indexes, constraints and triggers with what the migrations make.</summary>
internal static class SchemaCheck
{
    private const string OnSqlite = """
        SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_\_EF%' ESCAPE '\'
        """;

    public static async Task RunAsync(DispatchContext db, Findings findings, CancellationToken stop)
    {
        var (expected, found) = db is PostgresDispatchContext
            ? (PostgresSchema.Expected(db), await PostgresSchema.ReadAsync(db, stop))
            : (await FreshAsync(stop), await ReadAsync(db, stop));
        foreach (var (name, definition) in expected)
        {
            if (!found.Remove(name, out var there))
                findings.Differs("schema", name, "definition", definition, "none");
            else if (there != definition)
                findings.Differs("schema", name, "definition", definition, there);
        }

        foreach (var (name, definition) in found)
            findings.Differs("schema", name, "definition", "none", definition);
    }

    /// <summary>The migrations are run on an empty database in memory.</summary>
    private static async Task<Dictionary<string, string>> FreshAsync(CancellationToken stop)
    {
        await using var fresh = new SqliteDispatchContext(
            new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite("Data Source=:memory:;Pooling=False").Options);
        await fresh.Database.OpenConnectionAsync(stop);
        await fresh.Database.MigrateAsync(stop);
        return await ReadAsync(fresh, stop);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(DispatchContext db, CancellationToken stop)
    {
        var schema = new Dictionary<string, string>();
        await db.RowsAsync(OnSqlite, row => schema[row.GetString(0)] = row.GetString(1), stop);
        return schema;
    }
}
