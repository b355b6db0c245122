using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch;

/// <summary>What the command line says.</summary>
internal sealed record DispatchOptions
{
    public const string Usage = """
        TaxiCredit.Dispatch [command] [options]

        commands
          serve     run the dispatch server (default)
          demo      run it with a synthetic city of 205 taxis and as many virtual cabs
          demo-seed look for the synthetic city's seed again, and show how other seeds end the year
          verify    recompute the ledger's chain and every published month; exit code 1 and the first difference if any
          token     make a bearer token for the API and print it once: --name NAME
          import    fill an empty city from files: --roster FILE --cases FILE; exit code 2 and a report if they have faults
          export    write the same files: --roster FILE --cases FILE
          broker-access  write Mosquitto's password file, access list and settings from the registered displays: --out DIR
          actor     add a person who acts at the bureau: --name NAME --role officer|supervisor|auditor|admin

        options
          --data DIR        folder of database and keys                       (default: data)
          --port N          HTTP on loopback                                  (default: 8080)
          --mqtt-port N     MQTT on loopback                                  (default: 1883)
          --cabs N          virtual cabs of the demo, 0 to 205                (default: 205)
          --roster FILE     a line per driver, see docs/import.md             (import, export)
          --cases FILE      a line per case                                   (import, export)
          --out DIR         folder for Mosquitto's files                      (broker-access)
          --no-browser      do not open a browser                             (demo)
          --database-provider sqlite|postgres                                 (default: sqlite, a file in --data)
          --database-connection STRING     for postgres; with a password rather as environment variable Database__Connection
        """;

    public string Command { get; init; } = "serve";

    public string Data { get; init; } = "data";

    public int Port { get; init; } = 8080;

    public int MqttPort { get; init; } = 1883;

    public int Cabs { get; init; } = 205;

    public bool Browser { get; init; } = true;

    public string Rulebook { get; init; } = "rongcheng-taxi";

    public string? Name { get; init; }

    public string? Role { get; init; }

    public string? Roster { get; init; }

    public string? Cases { get; init; }

    public string? Out { get; init; }

    public string? DatabaseProvider { get; init; }

    public string? DatabaseConnection { get; init; }

    /// <summary>Further settings by their key, over environment and appsettings.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>SQLite's file.</summary>
    public string DatabaseFile => Path.Combine(Data, "dispatch.db");

    /// <summary>What the command line says of the database, over environment and appsettings.</summary>
    public IEnumerable<KeyValuePair<string, string?>> DatabaseConfiguration => new[]
    {
        KeyValuePair.Create(DatabaseSettings.ProviderKey, DatabaseProvider),
        KeyValuePair.Create(DatabaseSettings.ConnectionKey, DatabaseConnection),
    }.Where(setting => setting.Value is not null);

    /// <summary>Reads the command line; the refusal names the word that is not understood.</summary>
    public static Outcome<DispatchOptions> Read(string[] args)
    {
        var options = new DispatchOptions();
        var words = new Queue<string>(args);
        if (words.TryPeek(out var first) && !first.StartsWith('-'))
            options = options with { Command = words.Dequeue() };

        while (words.TryDequeue(out var word))
        {
            if (word == "--no-browser")
            {
                options = options with { Browser = false };
                continue;
            }

            if (!words.TryDequeue(out var value))
                return Refusal.Malformed("option-incomplete", $"{word} takes a value.");
            var read = word switch
            {
                "--data" => options with { Data = Path.GetFullPath(value) },
                "--name" => options with { Name = value },
                "--role" => options with { Role = value },
                "--roster" => options with { Roster = value },
                "--cases" => options with { Cases = value },
                "--out" => options with { Out = Path.GetFullPath(value) },
                "--database-provider" => options with { DatabaseProvider = value },
                "--database-connection" => options with { DatabaseConnection = value },
                "--port" when Number(value, 65535) is { } n => options with { Port = n },
                "--mqtt-port" when Number(value, 65535) is { } n => options with { MqttPort = n },
                "--cabs" when Number(value, 205) is { } n => options with { Cabs = n },
                _ => null,
            };
            if (read is null)
                return Refusal.Malformed("option-unknown", $"'{word} {value}' is not understood.");
            options = read;
        }

        return options;
    }

    private static int? Number(string text, int most) => int.TryParse(text, out var number) && number >= 0 && number <= most ? number : null;
}
