using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>Moves the ends of the chains. Call inside a write transaction.</summary>
internal static class ChainHeads
{
    /// <summary>Where a chain ends; null before its first link was recorded.</summary>
    public static async Task<(long Sequence, string Hash)?> EndAsync(this DispatchContext db, string chain, CancellationToken stop) =>
        await db.Set<ChainHead>().AsNoTracking().Where(h => h.Name == chain).Select(h => new { h.Sequence, h.Hash }).SingleOrDefaultAsync(stop) is { } head
            ? (head.Sequence, head.Hash)
            : null;

    public static Task MoveEndAsync(this DispatchContext db, string chain, long sequence, string hash, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ChainHeads" ("Name", "Sequence", "Hash") VALUES ({chain}, {sequence}, {hash})
            ON CONFLICT ("Name") DO UPDATE SET "Sequence" = excluded."Sequence", "Hash" = excluded."Hash"
            """,
            stop);
}
