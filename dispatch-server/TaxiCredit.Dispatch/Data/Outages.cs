using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace TaxiCredit.Dispatch.Data;

/// <summary>Why the database does not serve now although nothing is wrong with what was asked of it.</summary>
internal enum Outage
{
    /// <summary>Others are writing.</summary>
    Busy,

    /// <summary>There is no room left to write.</summary>
    Full,

    /// <summary>It cannot be reached, or is not there any more.</summary>
    Gone,
}

/// <summary>Tells an outage from a fault, on either database.</summary>
internal static class Outages
{
    // Primary result codes of SQLite, https://www.sqlite.org/rescode.html.
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>SQLITE_IOERR_SHMSIZE: the index of the write-ahead log cannot grow, as on a full disk.</summary>
    private const int SqliteIoErrorShmSize = 4874;

    /// <summary>SQLITE_IOERR_WRITE.</summary>
    private const int SqliteIoErrorWrite = 778;

    /// <summary>SQLITE_READONLY_DBMOVED: the file was taken away from under the connection.</summary>
    private const int SqliteMoved = 1032;

    /// <returns>Null for everything else: a fault, or somebody who left.</returns>
    public static Outage? Of(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (Directly(fault) is { } outage)
                return outage;
        }

        return null;
    }

    private static Outage? Directly(Exception fault) => fault switch
    {
        WritersBusyException => Outage.Busy,
        DatabaseGoneException => Outage.Gone,
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => Outage.Busy,
        SqliteException { SqliteErrorCode: SqliteFull } => Outage.Full,
        SqliteException { SqliteErrorCode: SqliteIoError, SqliteExtendedErrorCode: SqliteIoErrorShmSize or SqliteIoErrorWrite } => Outage.Full,
        SqliteException { SqliteErrorCode: SqliteCannotOpen } or SqliteException { SqliteExtendedErrorCode: SqliteMoved } => Outage.Gone,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Outage.Full,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.TooManyConnections } => Outage.Busy,
        PostgresException { SqlState: ['5', '7', 'P', ..] or ['0', '8', ..] } => Outage.Gone,
        PostgresException => null,
        NpgsqlException { InnerException: TimeoutException, Message: var said } when said.Contains("pool", StringComparison.Ordinal) => Outage.Busy,
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => Outage.Gone,
        _ => null,
    };
}
