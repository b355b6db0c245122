using System.CommandLine;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>The commands of the server's program. What each does is in <see cref="Commands"/>; its result is the exit code.</summary>
internal static class ServerCommandLine
{
    private static readonly InstallationArguments Installation = new();

    public static RootCommand Build()
    {
        var root = new RootCommand("TaxiCredit's dispatch server. Without a command it serves.");
        Installation.AddTo(root);
        root.SetAction(ServeAsync);
        root.Subcommands.Add(Made("serve", "run the dispatch server", ServeAsync));
        root.Subcommands.Add(Made(
            "verify", "prove what published stars rest on, and write nothing; exit code 1 and a line for each difference if any",
            (parsed, _) => Commands.VerifyAsync(Installation.Read(parsed))));
        root.Subcommands.Add(Token());
        root.Subcommands.Add(Actor());
        root.Subcommands.Add(Exchange("import", "fill an empty city from files; exit code 2 and a report if they have faults", Commands.ImportAsync));
        root.Subcommands.Add(Exchange("export", "write the files that import reads", Commands.ExportAsync));
        root.Subcommands.Add(BrokerAccess());
        return root;
    }

    private static Task<int> ServeAsync(ParseResult parsed, CancellationToken stop) => Commands.ServeAsync(Installation.Read(parsed));

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

    private static Command Exchange(string command, string description, Func<DispatchOptions, string, string, Task<int>> run)
    {
        var roster = new Option<string>("--roster") { Description = "a line per driver, see docs/import.md", Required = true };
        var cases = new Option<string>("--cases") { Description = "a line per case", Required = true };
        return Made(command, description, (parsed, _) => run(Installation.Read(parsed), parsed.GetRequiredValue(roster), parsed.GetRequiredValue(cases)),
            roster, cases);
    }

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
