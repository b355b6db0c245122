namespace TaxiCredit.Dispatch.Operations;

/// <summary>What an API token may be allowed to do; <see cref="Permissions.ScopeOf"/> says what falls under each.</summary>
internal enum Scope
{
    /// <summary>Roster, months, windscreens, shortlist, jobs: nothing of a named person's file.</summary>
    Read,

    /// <summary>Credit files, cases and passengers' reports. Each look is in the audit log.</summary>
    ReadFiles,

    /// <summary>Put a complaint, an infringement or a merit on the bureau's desk.</summary>
    Record,

    /// <summary>Add teams, cabs and drivers.</summary>
    Roster,

    /// <summary>Sign drivers on and off.</summary>
    Shifts,

    /// <summary>Provision and command displays, rotate their keys.</summary>
    Displays,

    /// <summary>Name the person who recorded what the token passes on, and nothing else.</summary>
    ActFor,
}

internal static class Scopes
{
    private static readonly Dictionary<Scope, string> Names = new()
    {
        [Scope.Read] = "read",
        [Scope.ReadFiles] = "read-files",
        [Scope.Record] = "record",
        [Scope.Roster] = "roster",
        [Scope.Shifts] = "shifts",
        [Scope.Displays] = "displays",
        [Scope.ActFor] = "act-for",
    };

    /// <summary>All of them, as people and command lines write them.</summary>
    public static IReadOnlyList<string> All => [.. Enum.GetValues<Scope>().Select(NameOf)];

    public static string NameOf(this Scope scope) => Names[scope];

    /// <summary>A scope by its name; null if there is none.</summary>
    public static Scope? Find(string name) => Names.Where(n => n.Value == name).Select(n => (Scope?)n.Key).SingleOrDefault();

    /// <summary>As they are stored: names in one order with spaces between.</summary>
    public static string Join(IEnumerable<Scope> scopes) => string.Join(' ', scopes.Distinct().Order().Select(NameOf));

    /// <summary>Reads names, of which at least one must be given and each must be a scope.</summary>
    public static Outcome<IReadOnlySet<Scope>> Read(IReadOnlyCollection<string>? names)
    {
        if (names is null || names.Count == 0)
            return Refusal.Malformed("scope-missing", $"A token takes at least one scope: {string.Join(", ", All)}.");

        return names.FirstOrDefault(name => Find(name) is null) is { } unknown
            ? Refusal.Malformed("scope-unknown", $"'{unknown}' is no scope; there are {string.Join(", ", All)}.")
            : (Outcome<IReadOnlySet<Scope>>)names.Select(name => Find(name)!.Value).ToHashSet();
    }
}
