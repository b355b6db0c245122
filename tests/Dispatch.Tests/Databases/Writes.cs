using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dispatch.Tests.Databases;

/// <summary>
/// Announces what the servers of this process have written to their databases: commits, changes saved without a transaction, and commands without a result.
/// An interceptor, because Entity Framework looks for listeners to its commands only once a second.
/// </summary>
internal sealed class Writes : ISaveChangesInterceptor, IDbTransactionInterceptor, IDbCommandInterceptor
{
    public static readonly Writes All = new();

    private Writes() { }

    /// <summary>With the connection string, in which the data folder of the server stands; on no particular thread, after the write can be read.</summary>
    public event Action<string>? Written;

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result) => Announce(eventData, result);

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Announce(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Announce(eventData, 0);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Task.FromResult(Announce(eventData, 0));

    public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => Announce(eventData, result);

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Announce(eventData, result));

    private int Announce(DbContextEventData done, int result)
    {
        if (Written is { } written && done.Context?.Database.GetConnectionString() is { } connection)
            written(connection);
        return result;
    }
}
