using Microsoft.EntityFrameworkCore;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <param name="Entries">Entries that were read.</param>
/// <param name="HeadHash">Hash of the last entry, or of the city for an empty ledger.</param>
/// <param name="Fault">The first entry that breaks the chain, in words; null if none does.</param>
internal sealed record ChainReport(long Entries, string HeadHash, string? Fault)
{
    public bool Verified => Fault is null;

    /// <summary>False while later entries are still being read: it tells of the first <see cref="Entries"/> only.</summary>
    public bool IsWhole { get; init; } = true;
}

/// <summary>
/// Recomputes the chain. It remembers how far it came, so that a public page costs only what is new, and does so beside the requests: many who ask wait
/// for one reading, and who leaves takes nothing along. <see cref="FromStartAsync"/> trusts nothing.
/// </summary>
internal sealed class ChainVerification : IAsyncDisposable
{
    /// <summary>After so many entries what was read is known, though more follow.</summary>
    private const int Stretch = 10_000;

    private readonly SharedRun<ChainReport> _runs;
    private volatile ChainReport? _last;
    private volatile string? _distrusted;

    public ChainVerification(IServiceScopeFactory scopes, IHostApplicationLifetime host) =>
        _runs = new(scopes, host, (services, stop) => ReadOnAsync(services.GetRequiredService<DispatchContext>(), stop));

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    /// <summary>What the chain alone cannot tell was found: from now on nothing is called verified in this process.</summary>
    public void Distrust(string fault) => _distrusted ??= fault;

    /// <summary>
    /// Verifies what was appended since the last call. An entry that is not what it was then is a fault that stays: a chain that was recomputed after a
    /// change agrees with itself.
    /// </summary>
    /// <param name="patience">What is verified by then is told, though more is being read; null waits for the end.</param>
    public async Task<ChainReport> ContinueAsync(TimeSpan? patience, CancellationToken stop)
    {
        var reading = _runs.AskAsync();
        var isWhole = await reading.EndsWithinAsync(patience, stop);
        var report = isWhole ? await reading : (_last ?? new ChainReport(0, "", null)) with { IsWhole = false };
        return _distrusted is { } fault ? report with { Fault = fault } : report;
    }

    private async Task<ChainReport> ReadOnAsync(DispatchContext db, CancellationToken stop) => _last = await NextAsync(db, stop);

    private async Task<ChainReport> NextAsync(DispatchContext db, CancellationToken stop)
    {
        if (_last is null)
            return await RunAsync(db, await NothingAsync(db, stop), read => _last = read, stop);
        if (_last.Entries > 0)
        {
            var hash = await db.Ledger.Where(e => e.Sequence == _last.Entries).Select(e => e.Hash).SingleOrDefaultAsync(stop);
            if (hash != _last.HeadHash)
                _distrusted ??= $"entry {_last.Entries} had the hash {_last.HeadHash} and has {hash ?? "gone"}: what was appended before was changed";
        }

        return _last.Verified && _distrusted is null ? await RunAsync(db, _last, read => _last = read, stop) : _last;
    }

    public static async Task<ChainReport> FromStartAsync(DispatchContext db, CancellationToken stop) =>
        await RunAsync(db, await NothingAsync(db, stop), _ => { }, stop);

    private static async Task<ChainReport> NothingAsync(DispatchContext db, CancellationToken stop) =>
        new(0, LedgerChain.Genesis(await db.CityAsync(stop)), null);

    /// <param name="known">Told at each stretch what is verified so far.</param>
    private static async Task<ChainReport> RunAsync(DispatchContext db, ChainReport from, Action<ChainReport> known, CancellationToken stop)
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
            if (entries % Stretch == 0)
                known(new(entries, head, null));
        }

        return new(entries, head, null);
    }
}
