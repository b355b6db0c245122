using Npgsql;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// Servers that start at once at one PostgreSQL prepare it one after the other: each finds what the one before has made. SQLite has one server.
/// </summary>
internal sealed class StartLock : IAsyncDisposable
{
    /// <summary>Key among PostgreSQL's advisory locks: "TaxiStar" in ASCII.</summary>
    private const long Key = 0x5461_7869_5374_6172;

    private readonly NpgsqlConnection? _connection;

    private StartLock(NpgsqlConnection? connection) => _connection = connection;

    public static async Task<StartLock> TakeAsync(DatabaseSettings settings, CancellationToken stop)
    {
        if (settings.Provider != DatabaseProvider.Postgres)
            return new(null);
        // A connection of its own and not of the pool: the lock ends with it, whatever happens.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.Connection) { Pooling = false, CommandTimeout = 0 }.ToString());
        try
        {
            await connection.OpenAsync(stop);
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({Key})", connection);
            await command.ExecuteNonQueryAsync(stop);
            return new(connection);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // The migrations are about to make the database; of two servers at once one may find it made and must be started again.
            await connection.DisposeAsync();
            return new(null);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
