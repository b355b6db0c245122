using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Databases.Plans;

/// <summary>By <c>EXPLAIN QUERY PLAN</c>: a line <c>SCAN alias</c> reads a table or an index from end to end.</summary>
internal sealed class SqlitePlans(DbConnection connection) : IPlanReader
{
    public async Task<IReadOnlyList<string>> ScannedAsync(string text, IReadOnlyList<DbParameter> parameters)
    {
        var lines = await ReadAsync($"EXPLAIN QUERY PLAN {text}", parameters);
        var tables = Regex.Matches(text, "\"(\\w+)\" AS \"(\\w+)\"")
            .DistinctBy(m => m.Groups[2].Value).ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value);
        var partial = (await ReadAsync("SELECT 0, 0, 0, name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'", [])).ToHashSet();
        var scanned = new List<string>();
        foreach (var line in lines.Select(line => Regex.Match(line, @"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")).Where(m => m.Success))
        {
            var alias = line.Groups[1].Value;
            if (!partial.Contains(line.Groups[2].Value) && !IsFirstFew(text, alias))
                scanned.Add(tables.GetValueOrDefault(alias, alias));
        }

        return scanned;
    }

    /// <summary>Without a condition the rows that are wanted are the first of the order.</summary>
    private static bool IsFirstFew(string text, string alias) =>
        text.Contains("LIMIT", StringComparison.Ordinal) && !Regex.IsMatch(text, $@"WHERE[^)]*""{alias}""\.");

    private async Task<List<string>> ReadAsync(string text, IReadOnlyList<DbParameter> parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter(parameter.ParameterName, parameter.Value ?? DBNull.Value));
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(3));
        return lines;
    }
}
