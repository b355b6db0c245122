using System;
using System.Collections.Generic;
using System.Globalization;

namespace TaxiCredit.VirtualCab;

/// <summary>The command line.</summary>
internal sealed class Options
{
    public const string Usage = """
        virtualcab --config DIR/cabs/disp-0001/config.json [options]
            one cab, its lights drawn in the terminal; what is typed happens to it
        virtualcab --fleet DIR/cabs [options]
            every DIR/cabs/*/config.json in one process, also those that appear later; one fleet per folder

        --cabs N                    run at most N cabs of the fleet, the first by name
        --backoff-cap SECONDS       longest wait between two attempts to reach the broker; default 300
        --quit-after-alone SECONDS  end when no broker could be reached for so long; default: never
        --fault ID=WORD             let something happen to a cab from the start on; may be repeated
        --scenario FILE             what happens when: lines of SECONDS ID WORD, with * for every cab
        --simulate SECONDS          with --config: run so much time at once, without a network, and print every change
        --m2mqtt-faults SEED        give the links the faults of the device's MQTT client
        --help                      this

        WORD, also typed into the terminal of one cab:
        """;

    public string? Config { get; private set; }

    public string? Fleet { get; private set; }

    public int Cabs { get; private set; } = int.MaxValue;

    public int BackoffCapMilliseconds { get; private set; } = TaxiCredit.Firmware.Logic.Unit.LastBackoffCap;

    public TimeSpan? QuitAfterAlone { get; private set; }

    public List<(string Id, string Word)> Faults { get; } = [];

    public string? Scenario { get; private set; }

    public int? SimulateSeconds { get; private set; }

    public int? FaultSeed { get; private set; }

    public LinkSettings Link => new(BackoffCapMilliseconds, FaultSeed, SimulateSeconds != null);

    public bool IsHelp { get; private set; }

    /// <exception cref="FormatException">The message says what is wrong.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h") options.IsHelp = true;
            else if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new FormatException($"{args[i]}: not an option");
            else if (i + 1 == args.Length) throw new FormatException($"{args[i]}: unknown, or its value is missing");
            else options.Set(args[i], args[++i]);
        }

        if (!options.IsHelp && (options.Config == null) == (options.Fleet == null)) throw new FormatException("one of --config and --fleet is needed");
        if (options.Config == null && options.SimulateSeconds != null) throw new FormatException("--simulate: needs --config");
        if (options.Fleet == null && options.QuitAfterAlone != null) throw new FormatException("--quit-after-alone: needs --fleet");
        return options;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--config": Config = value; break;
            case "--fleet": Fleet = value; break;
            case "--cabs": Cabs = Number(name, value, 1, 100000); break;
            case "--backoff-cap": BackoffCapMilliseconds = 1000 * Number(name, value, 1, 3600); break;
            case "--quit-after-alone": QuitAfterAlone = TimeSpan.FromSeconds(Number(name, value, 1, 1000000)); break;
            case "--scenario": Scenario = value; break;
            case "--simulate": SimulateSeconds = Number(name, value, 1, 1000000000); break;
            case "--m2mqtt-faults": FaultSeed = Number(name, value, 0, int.MaxValue); break;
            case "--fault":
                int split = value.IndexOf('=', StringComparison.Ordinal);
                if (split < 1) throw new FormatException($"--fault {value}: has to be ID=WORD");
                Faults.Add((value[..split], value[(split + 1)..]));
                break;
            default: throw new FormatException($"{name}: not an option");
        }
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} {value}: has to be a whole number from {min} to {max}");
}
