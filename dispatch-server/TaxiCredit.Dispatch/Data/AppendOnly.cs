namespace TaxiCredit.Dispatch.Data;

/// <summary>Tables to which rows are added and never changed or deleted; the database itself refuses.</summary>
internal static class AppendOnly
{
    public static readonly string[] Tables = ["Ledger", "Audit"];

    /// <summary>Triggers that refuse, as SQLite writes them.</summary>
    public static string[] OnSqlite(string table) => [OnSqlite(table, "UPDATE"), OnSqlite(table, "DELETE")];

    /// <summary>The function that the triggers of <see cref="OnPostgres(string)"/> call; created once, before them.</summary>
    public const string PostgresFunction = """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END $$;
        """;

    /// <summary>Triggers that refuse, as PostgreSQL writes them. TRUNCATE, which SQLite does not have, passes by the triggers of rows.</summary>
    public static string[] OnPostgres(string table) =>
        [OnPostgres(table, "UPDATE", "ROW"), OnPostgres(table, "DELETE", "ROW"), OnPostgres(table, "TRUNCATE", "STATEMENT")];

    private static string OnSqlite(string table, string change) =>
        $"CREATE TRIGGER \"{Name(table, change)}\" BEFORE {change} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";

    private static string OnPostgres(string table, string change, string each) =>
        $"CREATE TRIGGER \"{Name(table, change)}\" BEFORE {change} ON \"{table}\" FOR EACH {each} EXECUTE FUNCTION refuse_change();";

    private static string Name(string table, string change) => $"{table}_no_{change.ToLowerInvariant()}";
}
