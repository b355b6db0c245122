using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch;

/// <summary>Options of the command line that every command shares.</summary>
internal sealed record DispatchOptions
{
    /// <summary>Folder of database, keys and photos.</summary>
    public string Data { get; init; } = "data";

    /// <summary>HTTP on loopback, 0 to 65,535; 0 takes a free port.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>MQTT on loopback, 0 to 65,535; 0 takes a free port.</summary>
    public int MqttPort { get; init; } = 1883;

    public string Rulebook { get; init; } = "rongcheng-taxi";

    /// <summary><c>sqlite</c> or <c>postgres</c>; null leaves it to environment and appsettings.</summary>
    public string? DatabaseProvider { get; init; }

    public string? DatabaseConnection { get; init; }

    /// <summary>A file of settings, as <c>appsettings.json</c>; null for none.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Further settings by key; they override environment and appsettings.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public DataFolder Folder => new(Data);

    /// <summary>SQLite's file.</summary>
    public string DatabaseFile => Folder.DatabaseFile;

    /// <summary>Database options of the command line; they override environment and appsettings.</summary>
    public IEnumerable<KeyValuePair<string, string?>> DatabaseConfiguration => new[]
    {
        KeyValuePair.Create(DatabaseSettings.ProviderKey, DatabaseProvider),
        KeyValuePair.Create(DatabaseSettings.ConnectionKey, DatabaseConnection),
    }.Where(setting => setting.Value is not null);
}
