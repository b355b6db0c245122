using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace Dispatch.Tests.Verification;

/// <summary>One thing that somebody changes behind the server.</summary>
/// <param name="Column">As in <see cref="ProtectionTable"/>.</param>
/// <param name="Sql">Does it.</param>
internal sealed record Mutation(string Table, string Column, string What, string Sql)
{
    private const string OnSqlite = """
        SELECT m.name, c.name, c.type, c."notnull" = 0, c.pk > 0,
            EXISTS (SELECT 1 FROM pragma_index_list(m.name) i JOIN pragma_index_info(i.name) n ON n.name = c.name WHERE i."unique" = 1)
        FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY m.name, c.cid
        """;

    private const string OnPostgres = """
        SELECT c.relname, a.attname, format_type(a.atttypid, NULL), NOT a.attnotnull,
            EXISTS (SELECT 1 FROM pg_index x WHERE x.indrelid = c.oid AND x.indisprimary AND a.attnum = ANY (x.indkey)),
            EXISTS (SELECT 1 FROM pg_index x WHERE x.indrelid = c.oid AND x.indisunique AND a.attnum = ANY (x.indkey))
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY c.relname, a.attnum
        """;

    /// <summary>Every column of every table changed, and a row inserted, deleted and exchanged with another.</summary>
    public static async Task<List<Mutation>> AllAsync(DispatchContext db)
    {
        var isPostgres = db is PostgresDispatchContext;
        var columns = new List<(string Table, ColumnOf Column)>();
        await db.Database.OpenConnectionAsync();
        await db.RowsAsync(
            isPostgres ? OnPostgres : OnSqlite,
            row => columns.Add((
                row.GetString(0),
                new(row.GetString(1), row.GetString(2).ToLowerInvariant(), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5)))),
            default);
        return [.. columns.GroupBy(c => c.Table, c => c.Column).SelectMany(table => OfTable(table.Key, [.. table], isPostgres))];
    }

    private static IEnumerable<Mutation> OfTable(string table, List<ColumnOf> columns, bool isPostgres)
    {
        var keys = string.Join(", ", columns.Where(c => c.IsKey).Select(c => c.Quoted));
        var (first, last) = (Row("ASC"), Row("DESC"));
        foreach (var column in columns)
        {
            yield return new(table, column.Name, "changed", $"UPDATE \"{table}\" SET {column.Quoted} = {column.Other(isPostgres)} WHERE ({keys}) = ({first})");
            if (column.IsNullable)
            {
                yield return new(
                    table, column.Name, "emptied",
                    $"UPDATE \"{table}\" SET {column.Quoted} = NULL WHERE ({keys}) = (SELECT {keys} FROM \"{table}\" WHERE {column.Quoted} IS NOT NULL "
                    + $"ORDER BY {keys} LIMIT 1)");
            }

            // Of a day with another value that is a day: what is malformed would be found for that alone.
            if (!isPostgres && column.Type == "text")
            {
                yield return new(
                    table, column.Name, "another day",
                    $"UPDATE \"{table}\" SET {column.Quoted} = date({column.Quoted}, '+1 day') WHERE ({keys}) = (SELECT {keys} FROM \"{table}\" "
                    + $"WHERE {column.Quoted} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' ORDER BY {keys} LIMIT 1)");
            }
        }

        var names = string.Join(", ", columns.Select(c => c.Quoted));
        var copied = string.Join(", ", columns.Select(c => c.IsKey || c.IsUnique ? c.Other(isPostgres) : c.Quoted));
        yield return new(
            table, ProtectionTable.Rows, "inserted", $"INSERT INTO \"{table}\" ({names}) SELECT {copied} FROM \"{table}\" WHERE ({keys}) = ({last})");
        yield return new(table, ProtectionTable.Rows, "first deleted", $"DELETE FROM \"{table}\" WHERE ({keys}) = ({first})");
        yield return new(table, ProtectionTable.Rows, "last deleted", $"DELETE FROM \"{table}\" WHERE ({keys}) = ({last})");
        var rest = columns.Where(c => !c.IsKey).ToList();
        var exchanged = string.Join(", ", columns.Select(c => c.IsKey ? $"k.{c.Quoted}" : $"v.{c.Quoted}"));
        if (rest.Count > 0)
        {
            yield return new(table, ProtectionTable.Rows, "exchanged", $"""
                CREATE TEMPORARY TABLE "pair" AS SELECT * FROM "{table}" WHERE ({keys}) = ({first}) OR ({keys}) = ({last});
                DELETE FROM "{table}" WHERE ({keys}) IN (SELECT {keys} FROM "pair");
                INSERT INTO "{table}" ({names}) SELECT {exchanged} FROM "pair" k JOIN "pair" v
                    ON ({string.Join(", ", columns.Where(c => c.IsKey).Select(c => "k." + c.Quoted))})
                    <> ({string.Join(", ", columns.Where(c => c.IsKey).Select(c => "v." + c.Quoted))});
                DROP TABLE "pair"
                """);
        }

        string Row(string order) =>
            $"SELECT {keys} FROM \"{table}\" ORDER BY {string.Join(", ", columns.Where(c => c.IsKey).Select(c => $"{c.Quoted} {order}"))} LIMIT 1";
    }

    private sealed record ColumnOf(string Name, string Type, bool IsNullable, bool IsKey, bool IsUnique)
    {
        public string Quoted => $"\"{Name}\"";

        /// <summary>Another value, in all likelihood one that no other row has.</summary>
        public string Other(bool isPostgres) => Type switch
        {
            "integer" or "bigint" => $"coalesce({Quoted}, 0) + 1000",
            "text" or "character varying" => $"coalesce({Quoted}, '') || 'x'",
            "jsonb" => "'{}'::jsonb",
            "blob" => $"coalesce({Quoted}, x'') || x'20'",
            "bytea" => $@"coalesce({Quoted}, ''::bytea) || '\x20'::bytea",
            "boolean" => $"NOT {Quoted}",
            "uuid" => "'00000000-0000-0000-0000-00000000abcd'::uuid",
            "date" => $"coalesce({Quoted}, DATE '2000-01-01') + 1",
            _ => throw new NotSupportedException($"{Name} is {Type}{(isPostgres ? "" : " of SQLite")}."),
        };
    }
}
