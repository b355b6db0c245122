using System.CommandLine;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>The commands of the server's program. What each does is in <see cref="Commands"/>; its result is the exit code.</summary>
internal static partial class ServerCommandLine
{
    private static readonly InstallationArguments Installation = new();

    public static RootCommand Build()
    {
        var root = new RootCommand("TaxiCredit's dispatch server. Without a command it serves.");
        Installation.AddTo(root);
        root.SetAction(ServeAsync);
        root.Subcommands.Add(Made("serve", "run the dispatch server", ServeAsync));
        root.Subcommands.Add(Verify());
        root.Subcommands.Add(Token());
        root.Subcommands.Add(Actor());
        root.Subcommands.Add(Account());
        root.Subcommands.Add(Import());
        root.Subcommands.Add(Export());
        root.Subcommands.Add(Archive());
        root.Subcommands.Add(Backup());
        root.Subcommands.Add(Restore());
        root.Subcommands.Add(BrokerAccess());
        root.Subcommands.Add(BrokerCa());
        root.Subcommands.Add(LogKey());
        root.Subcommands.Add(LogExport());
        return root;
    }

    private static Task<int> ServeAsync(ParseResult parsed, CancellationToken stop) => Commands.ServeAsync(Installation.Read(parsed));

    private static Command Verify()
    {
        var checkpoint = new Option<string?>("--checkpoint")
        {
            Description = "instead: an earlier checkpoint; proves from the rows that nothing before it was changed",
        };
        var report = new Option<string?>("--report") { Description = "instead: a credit report, report.json; with --key and --origin no database is needed" };
        var bulletin = new Option<string?>("--bulletin")
        {
            Description = "as well: a month's bulletin, as GET /api/v1/statistics/{period} gives it; proves that its figures follow",
        };
        var origin = new Option<string?>("--origin") { Description = "name of the log, the first line of its checkpoints; by default this city's" };
        var key = new Option<string[]>("--key") { Description = "public key that signed it, as you noted it; by default those in the database" };
        return Made(
            "verify", "prove what published stars rest on, and write nothing; exit code 1 and a line for each difference if any",
            (parsed, _) => parsed.GetValue(checkpoint) is { } file
                ? Commands.VerifyCheckpointAsync(Installation.Read(parsed), Path.GetFullPath(file), parsed.GetValue(key) ?? [])
                : parsed.GetValue(report) is { } taken
                    ? Commands.VerifyReportAsync(Installation.Read(parsed), Path.GetFullPath(taken), parsed.GetValue(key) ?? [], parsed.GetValue(origin))
                    : parsed.GetValue(bulletin) is { } kept
                        ? Commands.VerifyBulletinAsync(Installation.Read(parsed), Path.GetFullPath(kept), parsed.GetValue(key) ?? [])
                        : Commands.VerifyAsync(Installation.Read(parsed)),
            checkpoint, report, bulletin, key, origin);
    }

    private static Command LogKey()
    {
        var rotate = new Option<bool>("--rotate") { Description = "make a new key, which signs beside the old one until that is retired" };
        var retire = new Option<string?>("--retire") { Description = "take the key with this id away, 8 hex digits" };
        return Made(
            "log-key", "print the public keys that sign the log's checkpoints",
            (parsed, _) => Commands.LogKeyAsync(Installation.Read(parsed), parsed.GetValue(rotate), parsed.GetValue(retire)), rotate, retire);
    }

    private static Command LogExport()
    {
        var folder = new Option<string>("--out") { Description = "folder, new or empty", Required = true };
        return Made(
            "log-export", "write the log with its newest checkpoint as C2SP tlog-tiles, for the tools of an auditor",
            (parsed, _) => Commands.LogExportAsync(Installation.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(folder))), folder);
    }

    private static Command Token()
    {
        var name = new Option<string>("--name") { Description = "what it is for, 1 to 64 characters", Required = true };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"what it may do, once or more: {string.Join(", ", Scopes.All)}", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        return Made("token", "make a bearer token for the API and print it once",
            (parsed, _) => Commands.TokenAsync(Installation.Read(parsed), parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes)), name, scopes);
    }

    private static Command Actor()
    {
        var name = new Option<string>("--name") { Description = "2 to 32 characters of a-z, 0-9 and '-'", Required = true };
        var role = new Option<string>("--role") { Description = "officer, supervisor, auditor or admin", Required = true };
        return Made(
            "actor", "add a person who acts at the bureau",
            (parsed, _) => Commands.ActorAsync(Installation.Read(parsed), parsed.GetRequiredValue(name), parsed.GetRequiredValue(role)), name, role);
    }

    private static Command Account()
    {
        var name = new Option<string>("--name") { Description = "of the admin", Required = true };
        return new Command("account", "accounts of people")
        {
            Made("reset-admin", "print a link by which an admin sets a new password and second factor, and gets in again if the account was closed",
                (parsed, _) => Commands.ResetAdminAsync(Installation.Read(parsed), parsed.GetRequiredValue(name)), name),
        };
    }

    private static Command Import()
    {
        var (roster, cases, objections, repairs) = Files(isImport: true);
        return Made(
            "import", "fill an empty city from files; exit code 2 and a report if they have faults",
            (parsed, _) => Commands.ImportAsync(
                Installation.Read(parsed),
                new(parsed.GetRequiredValue(roster), parsed.GetRequiredValue(cases), parsed.GetValue(objections), parsed.GetValue(repairs))),
            roster, cases, objections, repairs);
    }

    private static Command Export()
    {
        var (roster, cases, objections, repairs) = Files(isImport: false);
        return Made(
            "export", "write the files that import reads",
            (parsed, _) => Commands.ExportAsync(
                Installation.Read(parsed),
                new(parsed.GetRequiredValue(roster), parsed.GetRequiredValue(cases), parsed.GetRequiredValue(objections), parsed.GetRequiredValue(repairs),
                    SystemUser.Name)),
            roster, cases, objections, repairs);
    }

    /// <summary>An export never leaves one out: what a driver has would be lost without a word.</summary>
    private static (Option<string> Roster, Option<string> Cases, Option<string> Objections, Option<string> Repairs) Files(bool isImport) => (
        new("--roster") { Description = "a line per driver, see docs/import.md", Required = true },
        new("--cases") { Description = "a line per case", Required = true },
        new("--objections") { Description = "a line per objection", Required = !isImport },
        new("--repairs") { Description = "a line per repair that was asked for", Required = !isImport });

    private static Command BrokerAccess()
    {
        var folder = new Option<string>("--out") { Description = "folder for Mosquitto's files", Required = true };
        return Made(
            "broker-access", "write Mosquitto's password file, access list and settings from the registered displays",
            (parsed, _) => Commands.BrokerAccessAsync(Installation.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(folder))), folder);
    }

    private static Command Made(string name, string description, Func<ParseResult, CancellationToken, Task<int>> run, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(run);
        return command;
    }
}
