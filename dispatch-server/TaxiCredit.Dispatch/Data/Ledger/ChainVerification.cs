using Microsoft.EntityFrameworkCore;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <param name="Entries">Entries that were read.</param>
/// <param name="HeadHash">Hash of the last entry, or of the city for an empty ledger.</param>
/// <param name="Fault">The first entry that breaks the chain, in words; null if none does.</param>
internal sealed record ChainReport(long Entries, string HeadHash, string? Fault)
{
    public bool Verified => Fault is null;
}

/// <summary>
/// Recomputes the chain. It remembers how far it came, so that a public page costs only what is new; <see cref="FromStartAsync"/> trusts nothing.
/// </summary>
internal sealed class ChainVerification : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private ChainReport? _last;
    private volatile string? _distrusted;

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>What the chain alone cannot tell was found: from now on nothing is called verified in this process.</summary>
    public void Distrust(string fault) => _distrusted ??= fault;

    /// <summary>
    /// Verifies what was appended since the last call. An entry that is not what it was then is a fault that stays: a chain that was recomputed after a
    /// change agrees with itself.
    /// </summary>
    public async Task<ChainReport> ContinueAsync(DispatchContext db, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            _last = await NextAsync(db, stop);
            return _distrusted is { } fault ? _last with { Fault = fault } : _last;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<ChainReport> NextAsync(DispatchContext db, CancellationToken stop)
    {
        if (_last is null)
            return await FromStartAsync(db, stop);
        if (_last.Entries > 0)
        {
            var hash = await db.Ledger.Where(e => e.Sequence == _last.Entries).Select(e => e.Hash).SingleOrDefaultAsync(stop);
            if (hash != _last.HeadHash)
                _distrusted ??= $"entry {_last.Entries} had the hash {_last.HeadHash} and has {hash ?? "gone"}: what was appended before was changed";
        }

        return _last.Verified && _distrusted is null ? await RunAsync(db, _last, stop) : _last;
    }

    public static async Task<ChainReport> FromStartAsync(DispatchContext db, CancellationToken stop) =>
        await RunAsync(db, new ChainReport(0, LedgerChain.Genesis(await db.CityAsync(stop)), null), stop);

    private static async Task<ChainReport> RunAsync(DispatchContext db, ChainReport from, CancellationToken stop)
    {
        var (entries, head) = (from.Entries, from.HeadHash);
        var rows = db.Ledger.AsNoTracking().Where(e => e.Sequence > from.Entries).OrderBy(e => e.Sequence).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(stop))
        {
            if (row.Sequence != entries + 1)
                return new(entries, head, $"entry {entries + 1} is missing; {row.Sequence} follows {entries}");
            var hash = LedgerChain.Hash(head, row.ToEntry());
            if (row.PreviousHash != head || row.Hash != hash)
                return new(entries, head, $"entry {row.Sequence} of {row.Driver}: stored hash {row.Hash}, recomputed {hash}");
            (entries, head) = (row.Sequence, hash);
        }

        return new(entries, head, null);
    }
}
