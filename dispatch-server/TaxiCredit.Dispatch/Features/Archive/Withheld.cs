using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// What of the database is not in an archive, or not in a backup, and why. Whatever is not named here is: a table that is new comes along by itself, and a
/// test asks of each column that sounds like a secret whether it belongs here.
/// </summary>
internal sealed class Withheld
{
    private static readonly Dictionary<string, string> Passing = new()
    {
        ["Invitations"] = "lets somebody in for some days; those that are open are made again",
        ["Passkeys"] = "each database has its own form of them, which no other takes; people sign in by password and add theirs again",
        ["Sessions"] = "lets somebody in for some hours; people sign in again, and a session that was ended stays ended",
        ["Leases"] = "which process does a piece of work now",
        ["JobRuns"] = "when that server last did its periodic work",
        ["__EFMigrationsHistory"] = "the head names the schema, and the restore makes it",
        ["__EFMigrationsLock"] = "of SQLite alone, empty but for the duration of a migration",
    };

    private const string Credential = "lets somebody in; people are let in again after the restore of an archive";

    private static readonly Dictionary<string, string> Credentials = new()
    {
        ["AccountSecrets"] = Credential,
        ["ApiTokens"] = Credential,
    };

    private static readonly Withheld Archives = new([.. Passing, .. Credentials], new()
    {
        // An account of the demo opens without a password, which lets in too.
        ["Accounts"] =
        [
            "PasswordHash", "SecurityStamp", "ConcurrencyStamp", "TwoFactorEnabled", "AccessFailedCount", "CodeStep", "CodeFailures", "CodeNotBefore", "IsDemo",
        ],
    });

    private static readonly Withheld Backups = new([.. Passing], []);

    private Withheld(IEnumerable<KeyValuePair<string, string>> tables, Dictionary<string, string[]> columns) =>
        (Tables, Columns) = (tables.ToDictionary(), columns);

    /// <summary>Tables with the reason.</summary>
    public IReadOnlyDictionary<string, string> Tables { get; }

    /// <summary>Columns that are null, 0, false or empty, by table.</summary>
    public IReadOnlyDictionary<string, string[]> Columns { get; }

    public static Withheld From(ArchiveKind kind) => kind == ArchiveKind.Backup ? Backups : Archives;

    public bool Has(string table, string column) => Columns.TryGetValue(table, out var columns) && columns.Contains(column);

    /// <summary>What stands in such a column.</summary>
    public static string? Blank(FormColumn column) => column.IsNullable ? null : column.Kind switch
    {
        ColumnKind.Integer => "0",
        ColumnKind.Boolean => "false",
        ColumnKind.Text or ColumnKind.Bytes => "",
        _ => throw new NotSupportedException($"{column.Name}: a {column.Kind} that must be there cannot be left out."),
    };
}
