using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using TaxiCredit.Firmware.Logic;

namespace TaxiCredit.VirtualCab;

/// <summary>The command line.</summary>
internal sealed class Options
{
    private static readonly Command Line = new(
        "virtualcab",
        "The firmware's own logic on a virtual board: one cab (--config) or many (--fleet); or a server's trial (--conform).");

    private static readonly Option<string> ConfigOption =
        Text("--config", "FILE", "one cab: the config.json of its folder; draws its lights in the terminal and injects the words you type");

    private static readonly Option<string> FleetOption =
        Text("--fleet", "DIR", "every DIR/*/config.json in one process, also those that appear later; one fleet per folder");

    private static readonly Option<int?> CabsOption = Number("--cabs", "N", 1, 100000, "run at most N cabs of the fleet, the first by name");

    private static readonly Option<int?> BackoffCapOption =
        Number("--backoff-cap", "SECONDS", 1, 3600, "maximum wait between two attempts to reach the broker; default 300");

    private static readonly Option<int?> QuitAfterAloneOption =
        Number("--quit-after-alone", "SECONDS", 1, 1000000, "with --fleet: exit after this long without a broker; default: never");

    private static readonly Option<(string Id, string Word)[]> FaultOption =
        FaultsOf("--fault", "inject a word into a cab at the start; may be repeated");

    private static readonly Option<string> ScenarioOption =
        Text("--scenario", "FILE", "inject words over time: lines of SECONDS ID WORD, with * for every cab");

    private static readonly Option<int?> SimulateOption =
        Number("--simulate", "SECONDS", 1, 1000000000, "with --config: simulate this much time at once, without a network, and print every change");

    private static readonly Option<int?> FaultSeedOption =
        Number("--m2mqtt-faults", "SEED", 0, int.MaxValue, "give the links the faults of the device's MQTT client");

    private static readonly Option<string> ConformOption =
        Text("--conform", "FILE", "hold the server of this config.json against PROTOCOL.md, line by line; for a display that no unit uses");

    private static readonly Option<string> ConformUpdateOption =
        Text("--conform-update", "FILE", "the same for a server that offers this display a package: fetches it, and does not install it");

    private static readonly Option<bool> VersionOption = new("--version") { Description = "show the version of program and firmware" };

    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    private readonly ParseResult _line;

    static Options()
    {
        Line.Options.Add(new HelpOption("--help", "-h") { Description = "show this help" });
        Line.Options.Add(VersionOption);
        Line.Validators.Add(line =>
        {
            if (Has(line, VersionOption)) return;
            if (new[] { ConformOption, ConformUpdateOption }.FirstOrDefault(option => Has(line, option)) is { } alone)
            {
                if (line.Children.OfType<OptionResult>().Any(option => option is { Implicit: false } && option.Option != alone))
                    line.AddError($"{alone.Name} stands alone");
                return;
            }

            if (!Has(line, ConfigOption) && !Has(line, FleetOption)) line.AddError("--config or --fleet is required");
            if (Has(line, ConfigOption) && Has(line, FleetOption)) line.AddError("--config and --fleet exclude each other");
            if (Has(line, SimulateOption) && !Has(line, ConfigOption)) line.AddError("--simulate: requires --config");
            if (Has(line, QuitAfterAloneOption) && !Has(line, FleetOption)) line.AddError("--quit-after-alone: requires --fleet");
        });
    }

    private Options(ParseResult line)
    {
        _line = line;
    }

    public string? Config => _line.GetValue(ConfigOption);

    public string? Fleet => _line.GetValue(FleetOption);

    public string? Conform => _line.GetValue(ConformOption);

    public string? ConformUpdate => _line.GetValue(ConformUpdateOption);

    public int Cabs => _line.GetValue(CabsOption) ?? int.MaxValue;

    public TimeSpan? QuitAfterAlone => _line.GetValue(QuitAfterAloneOption) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public IReadOnlyList<(string Id, string Word)> Faults => _line.GetValue(FaultOption) ?? [];

    public string? Scenario => _line.GetValue(ScenarioOption);

    public int? SimulateSeconds => _line.GetValue(SimulateOption);

    public LinkSettings Link =>
        new(1000 * _line.GetValue(BackoffCapOption) ?? Unit.LastBackoffCap, _line.GetValue(FaultSeedOption), SimulateSeconds != null);

    public bool IsVersion => _line.GetValue(VersionOption);

    public bool IsHelp => _line.Action is HelpAction;

    /// <exception cref="FormatException">The message names every fault, one to a line.</exception>
    public static Options Parse(string[] args)
    {
        ParseResult line = Line.Parse(args, Configuration);
        if (line.Action is HelpAction) return new Options(line);

        // The next token is most likely its value.
        if (line.UnmatchedTokens.Count > 0) throw new FormatException($"{line.UnmatchedTokens[0]}: unknown option");
        if (line.Errors.Count > 0) throw new FormatException(string.Join('\n', line.Errors.Select(error => error.Message)));
        return new Options(line);
    }

    /// <summary>Writes the options and the words that can be injected.</summary>
    public static void WriteHelp(TextWriter to)
    {
        Line.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = to });
        to.WriteLine($"WORD, from the command line, a scenario or typed:\n{Injection.Words}");
    }

    private static bool Has(CommandResult line, Option option) => line.GetResult(option) is { Implicit: false };

    private static T Added<T>(T option)
        where T : Option
    {
        Line.Options.Add(option);
        return option;
    }

    private static Option<string> Text(string name, string value, string description) =>
        Added(new Option<string>(name) { HelpName = value, Description = description });

    private static Option<int?> Number(string name, string value, int min, int max, string description) => Added(new Option<int?>(name)
    {
        HelpName = value,
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max) return number;
            argument.AddError($"{name} {text}: must be a whole number from {min} to {max}");
            return null;
        },
    });

    private static Option<(string Id, string Word)[]> FaultsOf(string name, string description) => Added(new Option<(string Id, string Word)[]>(name)
    {
        HelpName = "ID=WORD",
        Description = description,
        CustomParser = argument =>
        {
            foreach (Token token in argument.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                argument.AddError($"{name} {token.Value}: must be ID=WORD");
            }

            return [.. argument.Tokens.Select(token => token.Value.Split('=', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))];
        },
    });
}
