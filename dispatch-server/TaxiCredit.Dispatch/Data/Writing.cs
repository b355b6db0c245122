using System.Data;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaxiCredit.Dispatch.Data;

internal static class Writing
{
    /// <summary>Key of the write lock among PostgreSQL's advisory locks, which are counted per database: "TaxiCred" in ASCII.</summary>
    private const long WriteLock = 0x5461_7869_4372_6564;

    /// <summary>How long PostgreSQL's lock is waited for while other servers hold it.</summary>
    private const string PostgresPatience = "10s";

    /// <summary>
    /// Begins a transaction that holds the write lock from its first statement (SQLite: <c>BEGIN IMMEDIATE</c>; PostgreSQL: an advisory lock
    /// that ends with the transaction), so that what it reads is what it builds on, whichever process writes. Inside a transaction that is
    /// already open it joins that one, whose owner commits. Writers of this process queue at the <see cref="WriteGate"/> first.
    /// </summary>
    /// <exception cref="WritersBusyException">The lock was not to be had in time; nothing was begun.</exception>
    public static async Task<Write> BeginWriteAsync(this DispatchContext db, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is not null)
            return new Write(db, null, null);
        if (db.Gate is not { } gate)
            return new Write(db, await LockAsync(db, stop), null);

        var turn = await gate.EnterAsync(stop);
        try
        {
            return new Write(db, await LockAsync(db, gate, stop), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>As long as the gate's patience lasts.</summary>
    private static async Task<IDbContextTransaction> LockAsync(DispatchContext db, WriteGate gate, CancellationToken stop)
    {
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await LockAsync(db, stop);
            }
            catch (Exception fault) when (Outages.Of(fault) == Outage.Busy)
            {
                if (Stopwatch.GetElapsedTime(since) < gate.Patience)
                    continue;
                gate.LockedElsewhere();
                throw new WritersBusyException("Another process holds the database's write lock.", fault);
            }
        }
    }

    private static async Task<IDbContextTransaction> LockAsync(DispatchContext db, CancellationToken stop)
    {
        var transaction = await db.Database.BeginTransactionAsync(stop);
        try
        {
            // At READ COMMITTED each statement sees what was committed before it began, hence all that earlier holders of the lock wrote.
            if (db is PostgresDispatchContext)
            {
                await db.Database.ExecuteSqlRawAsync(
                    $"SET LOCAL lock_timeout = '{PostgresPatience}'; SELECT pg_advisory_xact_lock({WriteLock}); SET LOCAL lock_timeout TO DEFAULT", stop);
            }
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }

        return transaction;
    }

    /// <summary>Begins a transaction whose queries all see the database of one moment and that keeps nobody from writing.</summary>
    public static async Task<IDbContextTransaction> BeginReadAsync(this DispatchContext db, CancellationToken stop)
    {
        if (db is PostgresDispatchContext)
            return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);

        // EF begins SQLite's transactions with the write lock; a deferred one takes none before it writes.
        await db.Database.OpenConnectionAsync(stop);
        var deferred = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await db.Database.UseTransactionAsync(deferred, stop))!;
    }

    public static async Task<string> CityAsync(this DispatchContext db, CancellationToken stop) =>
        (await db.Settings.FindAsync([Setting.City], stop))?.Value
        ?? throw new InvalidOperationException("The database names no city; it was not created by this program.");
}

/// <summary>An open write; disposed without <see cref="SaveAsync"/> it leaves everything as it was.</summary>
/// <param name="turn">At the <see cref="WriteGate"/>; given on with the commit, so that the next need not wait for what is done after it.</param>
internal sealed class Write(DispatchContext db, IDbContextTransaction? transaction, IDisposable? turn) : IAsyncDisposable
{
    /// <summary>Begun inside a transaction that was open already: its owner commits.</summary>
    public bool IsJoined => transaction is null;

    public async Task SaveAsync(CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        await CommitAsync();
    }

    /// <summary>Commits what is stored already, unless it joined.</summary>
    public async Task CommitAsync()
    {
        if (transaction is not null)
        {
            // Not cut off by a client that leaves or a server that stops: a commit that was begun must not end in doubt.
            Steps.Tell(Steps.Committing);
            await transaction.CommitAsync(CancellationToken.None);
            turn?.Dispose();
            Steps.Tell(Steps.Committed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
            await transaction.DisposeAsync();
        turn?.Dispose();
    }
}
