using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// The chain over the audit log. Its lines are numbered without a gap. Lines from before it was chained are adopted: the chronicle has the number
/// of the last of them, and the hash that the chain has there.
/// </summary>
internal static class AuditChain
{
    /// <summary>Name under which the chronicle adopts the log.</summary>
    public const string Table = "Audit";

    /// <summary>Numbers and hashes lines that are about to be stored, in the order in which they were added.</summary>
    public static async Task SealAsync(DispatchContext db, IReadOnlyCollection<EntityEntry<AuditEntry>> lines, CancellationToken stop)
    {
        var (sequence, hash) = await db.EndAsync(ChainHead.Audit, stop) ?? await LastOfUnchainedAsync(db, stop);
        // Until it is stored a line has a number of the tracker, which rises with each.
        foreach (var line in lines.OrderBy(line => line.Property(l => l.Id).CurrentValue))
        {
            var id = line.Property(l => l.Id);
            (id.CurrentValue, id.IsTemporary) = (++sequence, false);
            line.Property(l => l.Hash).CurrentValue = hash = ChronicleChain.HashOf(hash, line.Entity);
        }

        await db.MoveEndAsync(ChainHead.Audit, sequence, hash, stop);
    }

    /// <summary>Takes the lines that are there into the chain.</summary>
    /// <returns>What the chronicle keeps of it: number and hash of the last.</returns>
    public static async Task<string> AdoptAsync(DispatchContext db, CancellationToken stop)
    {
        var (sequence, hash) = await db.EndAsync(ChainHead.Audit, stop) ?? await LastOfUnchainedAsync(db, stop);
        await db.MoveEndAsync(ChainHead.Audit, sequence, hash, stop);
        return string.Create(CultureInfo.InvariantCulture, $"{sequence} {hash}");
    }

    private static async Task<(long Sequence, string Hash)> LastOfUnchainedAsync(DispatchContext db, CancellationToken stop)
    {
        var (sequence, hash) = (0L, ChronicleChain.AuditGenesis);
        await foreach (var line in db.Audit.AsNoTracking().OrderBy(line => line.Id).AsAsyncEnumerable().WithCancellation(stop))
            (sequence, hash) = (line.Id, ChronicleChain.HashOf(hash, line));
        return (sequence, hash);
    }
}
