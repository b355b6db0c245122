using System.CommandLine;

namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>The options that every command of a program takes: where the installation lies and where it listens.</summary>
internal sealed class InstallationArguments
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "folder of database, keys and photos", DefaultValueFactory = _ => "data", Recursive = true,
    };
    private readonly Option<int> _port = Port("--port", "HTTP on loopback", 8080);
    private readonly Option<int> _mqttPort = Port("--mqtt-port", "MQTT on loopback", 1883);

    private readonly Option<string?> _provider = new("--database-provider") { Description = "sqlite, a file in --data, or postgres", Recursive = true };

    private readonly Option<string?> _connection = new("--database-connection")
    {
        Description = "connection string of postgres; with a password rather as environment variable Database__Connection",
        Recursive = true,
    };

    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "JSON file of settings, above appsettings.json and below the environment", Recursive = true,
    };

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { _data, _port, _mqttPort, _provider, _connection, _settings })
            root.Options.Add(option);
    }

    public DispatchOptions Read(ParseResult parsed) => new()
    {
        Data = Path.GetFullPath(parsed.GetRequiredValue(_data)),
        Port = parsed.GetValue(_port),
        MqttPort = parsed.GetValue(_mqttPort),
        DatabaseProvider = parsed.GetValue(_provider),
        DatabaseConnection = parsed.GetValue(_connection),
        SettingsFile = parsed.GetValue(_settings) is { } file ? Path.GetFullPath(file) : null,
    };

    /// <summary>A whole number in a range, both ends included.</summary>
    public static Option<int> Number(string name, string description, int usual, int max)
    {
        var option = new Option<int>(name) { Description = $"{description}, 0 to {max}", DefaultValueFactory = _ => usual };
        option.Validators.Add(given =>
        {
            if (given.Tokens.Count == 1 && !(int.TryParse(given.Tokens[0].Value, out var number) && number >= 0 && number <= max))
                given.AddError($"{name} is '{given.Tokens[0].Value}'; it takes 0 to {max}.");
        });
        return option;
    }

    private static Option<int> Port(string name, string description, int usual)
    {
        var option = Number(name, description, usual, ushort.MaxValue);
        option.Recursive = true;
        return option;
    }
}
