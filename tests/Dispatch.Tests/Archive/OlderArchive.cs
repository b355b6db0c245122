using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;

namespace Dispatch.Tests.Archive;

/// <summary>An archive as the version of an earlier schema would have written it: without the tables and columns that came later.</summary>
internal static class OlderArchive
{
    private const string Schema = "20261130022000_TransparencyLog";

    public static async Task<string> OfAsync(string file)
    {
        await using var db = new SqliteDispatchContext(
            new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite("Data Source=:memory:;Pooling=False").Options);
        await db.Database.OpenConnectionAsync();
        await db.GetService<IMigrator>().MigrateAsync(Schema);
        var tables = await RowLoader.ColumnsAsync(db, CancellationToken.None);
        return Archives.Forge(Archives.Entries(file).Select(entry => Older(entry.Name, entry.Stored, tables)).OfType<(string, byte[])>());
    }

    private static (string Name, byte[] Stored)? Older(string name, byte[] stored, Dictionary<string, Dictionary<string, string>> tables)
    {
        if (name == ArchiveForm.Head)
        {
            var head = JsonNode.Parse(stored)!;
            head["schema"] = Schema;
            return (name, Encoding.UTF8.GetBytes(head.ToJsonString()));
        }

        if (ArchiveForm.PartOf(name) is not var (table, _) || table == ArchiveForm.Photos)
            return (name, stored);
        if (!tables.TryGetValue(table, out var columns))
            return null;
        var lines = Encoding.UTF8.GetString(Archives.Inflate(stored)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToList();
        var head0 = lines[0]["columns"]!.AsArray();
        for (var n = head0.Count - 1; n >= 0; n--)
        {
            if (columns.ContainsKey((string)head0[n]!["name"]!))
                continue;
            head0.RemoveAt(n);
            foreach (var row in lines.Skip(1))
                row.AsArray().RemoveAt(n);
        }

        return (name, Archives.Deflate(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line.ToJsonString() + "\n")))));
    }
}
