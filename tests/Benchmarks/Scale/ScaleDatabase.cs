using Dispatch.Tests.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;

namespace Benchmarks.Scale;

/// <summary>An empty city in a database of its own, SQLite in a folder or PostgreSQL on a server started for it; both go when it is disposed.</summary>
internal sealed class ScaleDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("taxicredit-bench-");
    private readonly PostgresServer? _server;

    private ScaleDatabase(PostgresServer? server)
    {
        _server = server;
        Options = new DispatchOptions
        {
            Data = _folder.FullName, DatabaseProvider = server is null ? null : "postgres", DatabaseConnection = server?.ConnectionTo("city"),
        };
    }

    public DispatchOptions Options { get; }

    public string Name => _server is null ? "SQLite" : "PostgreSQL";

    public int PostgresPort => _server!.Port;

    public static async Task<ScaleDatabase> MakeAsync(bool postgres)
    {
        var made = new ScaleDatabase(postgres ? await PostgresServer.StartAsync() : null);
        await using var server = DispatchServer.Build(made.Options with { Port = 0, MqttPort = 0 });
        await server.PrepareAsync("scale", CancellationToken.None);
        return made;
    }

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public DispatchContext Open()
    {
        DispatchContext db = _server is null
            ? new SqliteDispatchContext(
                new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite(DatabaseSettings.SqliteConnection(Options.DatabaseFile)).Options)
            : new PostgresDispatchContext(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql(Options.DatabaseConnection).Options);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        return db;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
