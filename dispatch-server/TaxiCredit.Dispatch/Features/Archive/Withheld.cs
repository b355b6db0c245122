using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// What of the database is not in an archive, and why. Whatever is not named here is: a table that is new comes along by itself, and a test asks of
/// each column that sounds like a secret whether it belongs here.
/// </summary>
internal static class Withheld
{
    private const string Credential = "lets somebody in; people are let in anew after a restore";

    public static readonly IReadOnlyDictionary<string, string> Tables = new Dictionary<string, string>
    {
        ["AccountSecrets"] = Credential,
        ["Passkeys"] = Credential,
        ["ApiTokens"] = Credential,
        ["Invitations"] = Credential,
        ["Sessions"] = Credential,
        ["Leases"] = "which process does a piece of work now",
        ["JobRuns"] = "when that server last did its periodic work",
        ["__EFMigrationsHistory"] = "the head names the schema, and the restore makes it",
        ["__EFMigrationsLock"] = "of SQLite alone, empty but for the duration of a migration",
    };

    /// <summary>Columns that are null, 0, false or empty in an archive, by table.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Columns = new Dictionary<string, string[]>
    {
        // An account of the demo opens without a password, which lets in too.
        ["Accounts"] =
        [
            "PasswordHash", "SecurityStamp", "ConcurrencyStamp", "TwoFactorEnabled", "AccessFailedCount", "CodeStep", "CodeFailures", "CodeNotBefore", "IsDemo",
        ],
    };

    public static bool Is(string table, string column) => Columns.TryGetValue(table, out var columns) && columns.Contains(column);

    /// <summary>What stands in such a column.</summary>
    public static string? Blank(FormColumn column) => column.IsNullable ? null : column.Kind switch
    {
        ColumnKind.Integer => "0",
        ColumnKind.Boolean => "false",
        ColumnKind.Text or ColumnKind.Bytes => "",
        _ => throw new NotSupportedException($"{column.Name}: a {column.Kind} that must be there cannot be left out."),
    };
}
