using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// Where the chronicle ended when a piece of work began to read, by the name of the work. Of this process alone: whoever finds nothing here, after a
/// restart or in another server, must look at everything.
/// </summary>
internal sealed class Beginnings
{
    private readonly ConcurrentDictionary<string, (long Sequence, string Hash)> _ends = new();

    /// <summary>Call under the write lock: whatever is stored after it has a later entry. Refused work may leave a beginning that is too
    /// early, no other.</summary>
    public async Task RememberAsync(string work, DispatchContext db, CancellationToken stop)
    {
        if (await db.EndAsync(ChainHead.Chronicle, stop) is { } end)
            _ends[work] = end;
        else
            _ends.TryRemove(work, out _);
    }

    /// <summary>Number of the last entry before the work began; null if that is not known, or the chronicle is not the one of that time.</summary>
    public async Task<long?> FindAsync(string work, DispatchContext db, CancellationToken stop) =>
        _ends.TryGetValue(work, out var end)
        && await db.Set<ChronicleEntry>().AnyAsync(e => e.Sequence == end.Sequence && e.Hash == end.Hash, stop)
            ? end.Sequence
            : null;
}
