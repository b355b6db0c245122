using System.Data.Common;
using System.Text.Json;

namespace Dispatch.Tests.Databases.Plans;

/// <summary>
/// By <c>EXPLAIN</c>, while the planner may not choose what reads whole tables where anything else would do. Below a subquery it still may: an empty table is
/// hashed at once. SQLite, which does not hash, is asked the same.
/// </summary>
internal sealed class PostgresPlans(DbConnection connection) : IPlanReader
{
    private HashSet<string>? _partial;

    public async Task<IReadOnlyList<string>> ScannedAsync(string text, IReadOnlyList<DbParameter> parameters)
    {
        _partial ??= await PartialAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; EXPLAIN (FORMAT JSON) {text}";
        foreach (var parameter in parameters)
            command.Parameters.Add(((ICloneable)parameter).Clone());
        var scanned = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                using var plan = JsonDocument.Parse(reader.GetString(0));
                Walk(plan.RootElement[0].GetProperty("Plan"), isLimited: false, scanned);
            }
        }

        return scanned;
    }

    private async Task<HashSet<string>> PartialAsync()
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new HashSet<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0).Trim('"'));
        return names;
    }

    private void Walk(JsonElement node, bool isLimited, List<string> scanned)
    {
        var kind = node.GetProperty("Node Type").GetString()!;
        var isSought = node.TryGetProperty("Index Cond", out _) || node.TryGetProperty("Recheck Cond", out _) || node.TryGetProperty("TID Cond", out _);
        // A partial index holds only what is sought: its condition is not in the plan.
        var isPartial = node.TryGetProperty("Index Name", out var index) && _partial!.Contains(index.GetString()!);
        var isFirstFew = isLimited && !node.TryGetProperty("Filter", out _);
        if (kind.EndsWith("Scan", StringComparison.Ordinal) && node.TryGetProperty("Relation Name", out var table) && !isSought && !isPartial && !isFirstFew)
            scanned.Add(table.GetString()!);
        if (!node.TryGetProperty("Plans", out var below))
            return;
        foreach (var one in below.EnumerateArray().Where(one => one.GetProperty("Parent Relationship").GetString() != "SubPlan"))
            Walk(one, isLimited || kind == "Limit", scanned);
    }
}
