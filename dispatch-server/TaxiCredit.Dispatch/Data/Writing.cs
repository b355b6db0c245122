using Microsoft.EntityFrameworkCore.Storage;

namespace TaxiCredit.Dispatch.Data;

internal static class Writing
{
    /// <summary>
    /// Begins a transaction that holds the write lock from its first statement (SQLite: <c>BEGIN IMMEDIATE</c>), so that what it reads is
    /// what it builds on. Inside a transaction that is already open it joins that one, whose owner commits.
    /// </summary>
    public static async Task<Write> BeginWriteAsync(this DispatchContext db, CancellationToken stop) =>
        db.Database.CurrentTransaction is null ? new Write(db, await db.Database.BeginTransactionAsync(stop)) : new Write(db, null);

    public static async Task<string> CityAsync(this DispatchContext db, CancellationToken stop) =>
        (await db.Settings.FindAsync([Setting.City], stop))?.Value
        ?? throw new InvalidOperationException("The database names no city; it was not created by this program.");
}

/// <summary>An open write; disposed without <see cref="SaveAsync"/> it leaves everything as it was.</summary>
internal sealed class Write(DispatchContext db, IDbContextTransaction? transaction) : IAsyncDisposable
{
    public async Task SaveAsync(CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        if (transaction is not null)
            await transaction.CommitAsync(stop);
    }

    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? ValueTask.CompletedTask;
}
