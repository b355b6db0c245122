using System.Data.Common;
using System.Net;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests;

/// <summary>Everything that a database holds, to tell that a refusal has changed nothing.</summary>
internal static class StoredRows
{
    /// <summary>
    /// All rows of all tables, a line each, but for leases and runs of jobs, which go on by themselves, and sessions of <see cref="ActingClient"/>, which
    /// begin with the request.
    /// </summary>
    public static async Task<string> AllAsync(DispatchContext db)
    {
        await db.Database.OpenConnectionAsync();
        await using var query = db.Database.GetDbConnection().CreateCommand();
        var lines = new List<string>();
        var tables = db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Where(name => name is not ("Leases" or "JobRuns")).Distinct();
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
#pragma warning disable CA2100 // Names of tables come from the model.
            query.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await query.ExecuteReaderAsync();
            var found = new List<string>();
            while (await rows.ReadAsync())
                found.Add($"{table}: {string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(column => Text(rows, column)))}");
            lines.AddRange(found.Where(line => !line.Contains(ActingClient.Device, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Posts, expects that refusal, and that every row is as it was.</summary>
    public static Task RefusesAsync(this SmallCity city, string path, object body, HttpStatusCode status, string rule) =>
        city.UnchangedAsync(() => city.RefusedAsync(path, body, status, rule));

    /// <summary>Does something that is to leave every row as it was.</summary>
    public static async Task UnchangedAsync(this SmallCity city, Func<Task> refused)
    {
        var before = await city.WithDbAsync(AllAsync);
        await refused();
        Assert.AreEqual(before, await city.WithDbAsync(AllAsync));
    }

    /// <inheritdoc cref="UnchangedAsync(SmallCity, Func{Task})"/>
    public static async Task UnchangedAsync(this DisplayCity city, Func<Task> refused)
    {
        var before = await city.WithDbAsync(AllAsync);
        await refused();
        Assert.AreEqual(before, await city.WithDbAsync(AllAsync));
    }

    private static string Text(DbDataReader rows, int column) =>
        rows.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : $"{rows.GetValue(column)}";
}
