using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.Databases;

/// <summary>
/// A database for each test: a copy of one that was migrated once. SQLite's lies in the test's folder, PostgreSQL's on the server of the run.
/// </summary>
[TestClass]
public static class TestDatabases
{
    private const string Template = "template_city";

    private static readonly Lazy<Task<PostgresServer>> Server = new(StartAsync);
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);
    private static int _made;

#pragma warning disable MSTESTEXP // The current test is still marked as experimental; the version is pinned.
    /// <summary>The provider that the class of the running test asks for.</summary>
    internal static DatabaseProvider Provider =>
        TestContext.Current is { FullyQualifiedTestClassName: { } name }
        && typeof(TestDatabases).Assembly.GetType(name)!.IsDefined(typeof(OnPostgresAttribute), inherit: false)
            ? DatabaseProvider.Postgres
            : DatabaseProvider.Sqlite;
#pragma warning restore MSTESTEXP

    /// <summary>The same options with a new, empty database of <see cref="Provider"/>. The data folder is the caller's.</summary>
    internal static async Task<DispatchOptions> WithNewDatabaseAsync(this DispatchOptions options)
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            File.Copy(await Migrated.Value, options.DatabaseFile);
            return options;
        }

        return await options.OnPostgresAsync(Template);
    }

    /// <summary>The same options with a copy of another city's database of <see cref="Provider"/>, to which nobody may be connected.</summary>
    internal static Task<DispatchOptions> WithDatabaseOfAsync(this DispatchOptions options, DispatchOptions other)
    {
        if (other.DatabaseConnection is { } connection)
            return options.OnPostgresAsync(new NpgsqlConnectionStringBuilder(connection).Database!);
        File.Copy(other.DatabaseFile, options.DatabaseFile);
        return Task.FromResult(options);
    }

    /// <summary>As <see cref="WithNewDatabaseAsync"/>, without a single table.</summary>
    internal static async Task<DispatchOptions> WithEmptyDatabaseAsync(this DispatchOptions options)
    {
        if (Provider == DatabaseProvider.Sqlite)
            return options;
        var (server, name) = (await Server.Value, $"city_{Interlocked.Increment(ref _made)}");
        await ExecuteAsync(server.ConnectionTo("postgres"), $"CREATE DATABASE {name}");
        return options with { DatabaseProvider = "postgres", DatabaseConnection = $"{server.ConnectionTo(name)};Application Name={options.Data}" };
    }

    /// <summary>The same options with a copy of their data folder and database, to which nobody may be connected.</summary>
    internal static async Task<DispatchOptions> CopyAsync(this DispatchOptions options)
    {
        var copy = options with { Data = Directory.CreateTempSubdirectory("taxicredit-copy-").FullName };
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(options.Data, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy.Data, Path.GetRelativePath(options.Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        if (options.DatabaseConnection is not { } connection)
            return copy;
        await options.ClearPoolAsync();
        return await copy.OnPostgresAsync(new NpgsqlConnectionStringBuilder(connection).Database!);
    }

    /// <summary>Closes the connections that are kept open to a database and that nobody uses.</summary>
    internal static async Task ClearPoolAsync(this DispatchOptions options)
    {
        if (options.DatabaseConnection is { } connection)
        {
            await using var pooled = new NpgsqlConnection(connection);
            NpgsqlConnection.ClearPool(pooled);
        }
        else
        {
            await using var pooled = new SqliteConnection(DatabaseSettings.SqliteConnection(options.DatabaseFile));
            SqliteConnection.ClearPool(pooled);
        }
    }

    /// <summary>Has the logs of a city signed tomorrow: a process signs them as soon as it runs, beside what a test has it do step by step.</summary>
    internal static async Task SignTomorrowAsync(this DispatchOptions options)
    {
        await using DispatchContext db = options.DatabaseConnection is { } connection
            ? new PostgresDispatchContext(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql(connection).Options)
            : new SqliteDispatchContext(
                new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite(DatabaseSettings.SqliteConnection(options.DatabaseFile)).Options);
        var now = DateTimeOffset.UtcNow;
        await db.RecordAsync(
            new()
            {
                Name = AnchorFeature.Signing.Name, Server = "test", StartedAt = now, Duration = 0, Outcome = JobOutcome.Succeeded,
                NextAt = now + AnchorFeature.Signing.Every,
            },
            CancellationToken.None);
    }

    /// <summary>Drops the database of a test, and the connections that are still open to it; SQLite's goes with its folder.</summary>
    internal static async Task DropDatabaseAsync(this DispatchOptions options)
    {
        await options.ClearPoolAsync();
        if (options.DatabaseConnection is not { } connection)
            return;

        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await ExecuteAsync((await Server.Value).ConnectionTo("postgres"), $"DROP DATABASE {name} WITH (FORCE)");
    }

    /// <summary>Makes the database refuse new incidents, as a full disk would, until <see cref="TakeIncidentsAsync"/>.</summary>
    internal static Task RefuseIncidentsAsync(this DispatchContext db) => db.Database.ExecuteSqlRawAsync(Provider == DatabaseProvider.Postgres
        ? """CREATE TRIGGER refuse_incidents BEFORE INSERT ON "Incidents" EXECUTE FUNCTION refuse_change()"""
        : "CREATE TRIGGER refuse_incidents BEFORE INSERT ON Incidents BEGIN SELECT RAISE(ABORT, 'disk full'); END");

    /// <summary>Refuses the incidents of one kind, row by row.</summary>
    internal static Task RefuseOneIncidentAsync(this DispatchContext db) => db.Database.ExecuteSqlRawAsync(Provider == DatabaseProvider.Postgres
        ? """CREATE TRIGGER refuse_incidents BEFORE INSERT ON "Incidents" FOR EACH ROW WHEN (NEW."Kind" = 'poison') EXECUTE FUNCTION refuse_change()"""
        : "CREATE TRIGGER refuse_incidents BEFORE INSERT ON Incidents WHEN NEW.Kind = 'poison' BEGIN SELECT RAISE(ABORT, 'poison'); END");

    /// <summary>Drops every trigger, as one does who means to change what is append-only.</summary>
    internal static async Task DropTriggersAsync(this DispatchContext db)
    {
        // SQLite has one name space for triggers, PostgreSQL one per table.
        var drops = await db.Database.SqlQueryRaw<string>(Provider == DatabaseProvider.Postgres
            ? """SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) AS "Value" FROM pg_trigger WHERE NOT tgisinternal"""
            : """SELECT 'DROP TRIGGER "' || name || '"' AS "Value" FROM sqlite_master WHERE type = 'trigger'""").ToListAsync();
        foreach (var drop in drops)
            await db.Database.ExecuteSqlRawAsync(drop);
    }

    internal static Task TakeIncidentsAsync(this DispatchContext db) => db.Database.ExecuteSqlRawAsync(Provider == DatabaseProvider.Postgres
        ? """DROP TRIGGER refuse_incidents ON "Incidents" """
        : "DROP TRIGGER refuse_incidents");

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        if (Server.IsValueCreated)
            await (await Server.Value).DisposeAsync();
        if (Migrated.IsValueCreated)
            Directory.GetParent(await Migrated.Value)!.Delete(recursive: true);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        // Without a pool: a database that somebody is connected to cannot be copied.
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionTo(Template)) { Pooling = false }.ToString();
        await using var db = new PostgresDispatchContext(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql(connection).Options);
        await db.Database.MigrateAsync();
        return server;
    }

    /// <returns>The file of a SQLite database that nobody has open.</returns>
    private static async Task<string> MigrateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-template-").FullName, "migrated.db");
        await using var db = new SqliteDispatchContext(
            new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite($"Data Source={file};Pooling=False").Options);
        await db.Database.MigrateAsync();
        return file;
    }

    private static async Task<DispatchOptions> OnPostgresAsync(this DispatchOptions options, string template)
    {
        var (server, name) = (await Server.Value, $"city_{Interlocked.Increment(ref _made)}");
        // Twice as fast as through the log of a server that syncs nothing.
        await ExecuteAsync(server.ConnectionTo("postgres"), $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        return options with { DatabaseProvider = "postgres", DatabaseConnection = $"{server.ConnectionTo(name)};Application Name={options.Data}" };
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
