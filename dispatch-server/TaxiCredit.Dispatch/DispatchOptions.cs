using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch;

/// <summary>What the command line says of an installation, whatever is done with it.</summary>
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

    /// <summary>Further settings by their key, over environment and appsettings.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public DataFolder Folder => new(Data);

    /// <summary>SQLite's file.</summary>
    public string DatabaseFile => Folder.DatabaseFile;

    /// <summary>What the command line says of the database, over environment and appsettings.</summary>
    public IEnumerable<KeyValuePair<string, string?>> DatabaseConfiguration => new[]
    {
        KeyValuePair.Create(DatabaseSettings.ProviderKey, DatabaseProvider),
        KeyValuePair.Create(DatabaseSettings.ConnectionKey, DatabaseConnection),
    }.Where(setting => setting.Value is not null);
}
