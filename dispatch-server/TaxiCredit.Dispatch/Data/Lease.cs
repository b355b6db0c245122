using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// The right to a piece of work that only one worker at a time may do, in whichever process: it ends by itself, so that the work of one that
/// died goes on elsewhere. A clock that is wrong, or a worker that was stopped and woke up late, can make two believe that they have it;
/// what they write is therefore guarded by the fencing number and not by the clock.
/// </summary>
internal sealed class Lease
{
    /// <summary>The work, 1 to 64 characters: <c>close-2017-12</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Who has it, 1 to 64 characters; new for every worker, as a returning one does not know what it has done.</summary>
    public required string Holder { get; init; }

    /// <summary>1, 2, 3 … for each taking of this name, never the same again.</summary>
    public required long Fence { get; init; }

    /// <summary>From this instant of system time on another may take it.</summary>
    public required DateTimeOffset Until { get; init; }
}

internal static class Leases
{
    /// <summary>Takes the lease if nobody has it, or if its time is over. One statement, so that exactly one of many concurrent callers succeeds.</summary>
    /// <returns>The lease with its new fencing number; null while somebody has it, be it the same holder.</returns>
    public static async Task<Lease?> AcquireAsync(
        this DispatchContext db, string name, string holder, DateTimeOffset now, TimeSpan term, CancellationToken stop)
    {
        var (instant, until) = (now.ToUnixTimeMilliseconds(), (now + term).ToUnixTimeMilliseconds());
        var taken = await db.Leases.FromSql($"""
            INSERT INTO "Leases" ("Name", "Holder", "Fence", "Until") VALUES ({name}, {holder}, 1, {until})
            ON CONFLICT ("Name") DO UPDATE SET "Holder" = excluded."Holder", "Fence" = "Leases"."Fence" + 1, "Until" = excluded."Until"
            WHERE "Leases"."Until" <= {instant}
            RETURNING *
            """).AsNoTracking().ToListAsync(stop);
        return taken.SingleOrDefault();
    }

    /// <summary>
    /// Makes a lease last until <paramref name="now"/> and <paramref name="term"/>, also one whose time was over, if nobody has taken it since.
    /// Inside a transaction this is the fence: until the commit nobody else can take the lease, and after false nothing may be committed.
    /// </summary>
    /// <returns>False if another has taken it, for good: this fencing number never comes back.</returns>
    public static async Task<bool> RenewAsync(this DispatchContext db, Lease lease, DateTimeOffset now, TimeSpan term, CancellationToken stop) =>
        await db.Leases.Where(l => l.Name == lease.Name && l.Fence == lease.Fence)
            .ExecuteUpdateAsync(row => row.SetProperty(l => l.Until, now + term), stop) == 1;

    /// <summary>Ends a lease before its time, so that the next need not wait; one that another worker has taken stays.</summary>
    public static Task ReleaseAsync(this DispatchContext db, Lease lease, CancellationToken stop) =>
        db.Leases.Where(l => l.Name == lease.Name && l.Fence == lease.Fence)
            .ExecuteUpdateAsync(row => row.SetProperty(l => l.Until, DateTimeOffset.UnixEpoch), stop);
}
