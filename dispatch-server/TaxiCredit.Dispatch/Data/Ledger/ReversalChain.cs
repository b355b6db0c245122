using Microsoft.EntityFrameworkCore;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>An entry and what came of it: a reversal takes it back, a reversal of that one puts it in force again, and so on.</summary>
/// <param name="Last">Last of the chain, the one that can still be reversed; the entry itself if nothing was.</param>
/// <param name="Length">Reversals in the chain.</param>
internal sealed record ReversalChain(LedgerRow Last, int Length)
{
    /// <summary>Whether the entry at the beginning counts nothing now.</summary>
    public bool IsReversed => Length % 2 == 1;
}

internal static class ReversalChains
{
    /// <summary>The chain that begins with an entry.</summary>
    public static async Task<ReversalChain> ReversalsOfAsync(this DispatchContext db, long sequence, CancellationToken stop)
    {
        var last = await db.Ledger.AsNoTracking().SingleAsync(e => e.Sequence == sequence, stop);
        for (var length = 0; ; length++)
        {
            var reversed = last.Sequence;
            if (await db.Ledger.AsNoTracking().SingleOrDefaultAsync(e => e.Reverses == reversed, stop) is not { } next)
                return new(last, length);
            last = next;
        }
    }

    /// <summary>The entry at the beginning of a chain that a reversal belongs to; any other entry itself.</summary>
    public static async Task<LedgerRow> ReversedByAsync(this DispatchContext db, LedgerRow entry, CancellationToken stop)
    {
        while (entry is { Kind: EntryKind.Reversal, Reverses: { } earlier })
            entry = await db.Ledger.AsNoTracking().SingleAsync(e => e.Sequence == earlier, stop);
        return entry;
    }
}
