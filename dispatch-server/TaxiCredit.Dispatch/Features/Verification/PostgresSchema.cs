using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// PostgreSQL's schema by name and definition. It cannot make a second database beside the first to compare with, as SQLite can: tables, keys and
/// indexes are compared with the model that the migrations bring about, triggers and functions with the SQL of the migrations.
/// </summary>
internal static partial class PostgresSchema
{
    private const string Columns = """
        SELECT 'column ' || c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            AND c.relname NOT LIKE '\_\_EF%'
        """;

    // What an index includes besides its keys, and its condition, are left out: PostgreSQL writes them in words of its own.
    private const string Indexes = """
        SELECT CASE WHEN x.indisprimary THEN 'key ' ELSE 'index ' END || i.relname,
            c.relname || ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY k (attnum, n)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE k.n <= x.indnkeyatts) || ')'
            || CASE WHEN x.indisunique THEN ' unique' ELSE '' END || CASE WHEN x.indpred IS NULL THEN '' ELSE ' partial' END
            || CASE WHEN x.indisvalid THEN '' ELSE ' invalid' END
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relname NOT LIKE '\_\_EF%'
        """;

    private const string ForeignKeys = """
        SELECT 'foreign key ' || k.conname, c.relname || ' to ' || p.relname || CASE WHEN k.convalidated THEN '' ELSE ' not validated' END
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
        WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
        """;

    private const string Triggers = """
        SELECT 'trigger ' || t.tgname, pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' disabled' END
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
        """;

    private const string Functions = "SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace";

    private const string Rules = "SELECT 'rule ' || rulename, definition FROM pg_rules WHERE schemaname = current_schema()";

    public static async Task<Dictionary<string, string>> ReadAsync(DispatchContext db, CancellationToken stop)
    {
        var found = new Dictionary<string, string>();
        foreach (var catalogue in new[] { Columns, Indexes, ForeignKeys })
            await db.RowsAsync(catalogue, row => found[row.GetString(0)] = row.GetString(1), stop);
        foreach (var written in new[] { Triggers, Functions, Rules })
            await db.RowsAsync(written, row => found[row.GetString(0)] = Plain(row.GetString(1)), stop);
        return found;
    }

    public static Dictionary<string, string> Expected(DispatchContext db)
    {
        var expected = new Dictionary<string, string>();
        foreach (var table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables)
        {
            foreach (var column in table.Columns)
                expected[$"column {table.Name}.{column.Name}"] = column.StoreType + (column.IsNullable ? "" : " not null");
            foreach (var key in table.UniqueConstraints)
                expected[$"key {key.Name}"] = $"{table.Name} ({Names(key.Columns)}) unique";
            foreach (var index in table.Indexes)
            {
                expected[$"index {index.Name}"] =
                    $"{table.Name} ({Names(index.Columns)}){(index.IsUnique ? " unique" : "")}{(index.Filter is null ? "" : " partial")}";
            }

            foreach (var key in table.ForeignKeyConstraints)
                expected[$"foreign key {key.Name}"] = $"{table.Name} to {key.PrincipalTable.Name}";
        }

        AddWritten(db, expected);
        return expected;
    }

    private static string Names(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(column => column.Name));

    /// <summary>What the migrations say in SQL, in their order: a later one may drop or replace what an earlier one made.</summary>
    private static void AddWritten(DispatchContext db, Dictionary<string, string> expected)
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        foreach (var type in migrations.Migrations.Values)
        {
            foreach (var sql in migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations.OfType<SqlOperation>().Select(o => o.Sql))
            {
                foreach (Match dropped in Dropped().Matches(sql))
                    expected.Remove($"{dropped.Groups["what"].Value.ToLowerInvariant()} {dropped.Groups["name"].Value}");
                foreach (Match made in Function().Matches(sql))
                    expected[$"function {made.Groups["name"].Value}"] = Plain(made.Groups["body"].Value);
                foreach (Match made in Trigger().Matches(sql))
                    expected[$"trigger {made.Groups["name"].Value}"] = Plain(made.Value);
            }
        }
    }

    /// <summary>Without what PostgreSQL adds or leaves out when it gives a definition back.</summary>
    private static string Plain(string sql) =>
        Added().Replace(sql, "").Replace("::text", "", StringComparison.Ordinal).Replace("public.", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex("""DROP (?<what>TRIGGER|FUNCTION) "?(?<name>\w+)""")]
    private static partial Regex Dropped();

    [GeneratedRegex("""CREATE (OR REPLACE )?FUNCTION (?<name>\w+)\(\).*?\$\$(?<body>.*?)\$\$""", RegexOptions.Singleline)]
    private static partial Regex Function();

    [GeneratedRegex("""CREATE TRIGGER "(?<name>\w+)"[^;]*;""")]
    private static partial Regex Trigger();

    [GeneratedRegex("""[\s"();]""")]
    private static partial Regex Added();
}
