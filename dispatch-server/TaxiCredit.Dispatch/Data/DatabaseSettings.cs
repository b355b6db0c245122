using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data;

internal enum DatabaseProvider { Sqlite, Postgres }

/// <summary>Which database keeps the city, by configuration: <c>Database:Provider</c> and <c>Database:Connection</c>.</summary>
/// <param name="Provider">SQLite by default.</param>
/// <param name="Connection">Connection string as the provider's ADO.NET driver reads it; it may hold a password and is never logged.</param>
internal sealed record DatabaseSettings(DatabaseProvider Provider, string Connection)
{
    public const string ProviderKey = "Database:Provider";
    public const string ConnectionKey = "Database:Connection";

    /// <summary>How long SQLite's driver tries, on a thread, for a lock of another process; the least that it takes.</summary>
    private const int SqliteSeconds = 1;

    /// <summary>Reads the settings; SQLite's file lies in the data folder and takes no connection string.</summary>
    /// <exception cref="InvalidDataException">The settings contradict themselves; the message names the key and what it takes.</exception>
    public static DatabaseSettings Read(IConfiguration configuration, DataFolder folder)
    {
        var named = configuration[ProviderKey] ?? nameof(DatabaseProvider.Sqlite);
        if (!Enum.TryParse<DatabaseProvider>(named, ignoreCase: true, out var provider) || !Enum.IsDefined(provider))
            throw new InvalidDataException($"{ProviderKey} is '{named}'; it takes sqlite or postgres.");

        var connection = configuration[ConnectionKey];
        if (provider == DatabaseProvider.Sqlite)
        {
            return string.IsNullOrEmpty(connection)
                ? new(provider, SqliteConnection(folder.DatabaseFile))
                : throw new InvalidDataException($"{ConnectionKey} belongs to {ProviderKey} postgres; SQLite keeps its file in the data folder (--data).");
        }

        return string.IsNullOrEmpty(connection)
            ? throw new InvalidDataException($"{ProviderKey} postgres takes {ConnectionKey}: Host=…;Database=…;Username=…;Password=….")
            : new(provider, connection);
    }

    /// <summary>Opens a file that is there; <see cref="DatabaseUpgrade"/> alone makes one.</summary>
    public static string SqliteConnection(string file) => $"Data Source={file};Mode=ReadWrite";

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this).AddSingleton(new WriteGate(TimeProvider.System));
        // From a pool: to put a context together costs as much as the question that most pages ask of it.
        if (Provider == DatabaseProvider.Postgres)
            services.AddDbContextPool<DispatchContext, PostgresDispatchContext>(db => db.UseNpgsql(Connection));
        else
        {
            services.AddDbContextPool<DispatchContext, SqliteDispatchContext>((all, db) => db
                .UseSqlite(Connection, sqlite => sqlite.CommandTimeout(SqliteSeconds))
                .AddInterceptors(new LoneStatements(all.GetRequiredService<WriteGate>())));
            services.AddHostedService<DatabaseFileWatch>();
        }
    }
}
