namespace TaxiCredit.Dispatch.Data;

/// <summary>Tables to which rows are added and never changed or deleted; the database itself refuses.</summary>
internal static class AppendOnly
{
    public static readonly string[] Tables = ["Ledger", "Audit"];

    /// <summary>Triggers that refuse, as SQLite writes them.</summary>
    public static string[] OnSqlite(string table) => [OnSqlite(table, "UPDATE"), OnSqlite(table, "DELETE")];

    private static string OnSqlite(string table, string change) =>
        $"CREATE TRIGGER \"{table}_no_{change.ToLowerInvariant()}\" BEFORE {change} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;";
}
