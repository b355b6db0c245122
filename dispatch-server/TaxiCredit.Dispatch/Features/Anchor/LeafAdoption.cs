using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// Gives a city from before the log its leaves, once: all entries in the order of the chain, then the published closes. What was done to it before that
/// no checkpoint can tell.
/// </summary>
internal static class LeafAdoption
{
    private const int Batch = 5_000;

    public static async Task RunAsync(DispatchContext db, CancellationToken stop)
    {
        if (await IsDoneAsync(db, stop))
            return;
        await using var write = await db.BeginWriteAsync(stop);
        if (await IsDoneAsync(db, stop))
            return;
        var next = 0L;
        await using (var leaves = BulkInsert<CityLeaf>.Into(db))
        {
            for (List<LedgerRowForm> rows; (rows = await RowsAsync(db, next, stop)).Count > 0;)
            {
                await leaves.WriteAsync([.. rows.Select(row => CityLeaf.Of(next++, LeafKind.Entry, row.Sequence, row.Form))], stop);
                if (rows.Count < Batch)
                    break;
            }

            var closes = await db.Closes.AsNoTracking().Include(c => c.Signatures).Where(c => c.Status == CloseStatus.Published)
                .OrderBy(c => c.PublishedAt).ThenBy(c => c.Period).ThenBy(c => c.Id).ToListAsync(stop);
            await leaves.WriteAsync([.. closes.Select(close => CityLeaf.Of(next++, LeafKind.Close, close.Id, CloseForm.Of(close)))], stop);
        }

        await write.SaveAsync(stop);
    }

    /// <summary>Leaves that were taken away are no reason to make new ones: a log that has a checkpoint has been adopted.</summary>
    private static async Task<bool> IsDoneAsync(DispatchContext db, CancellationToken stop) =>
        await db.CityLeaves.AnyAsync(stop) || await db.Checkpoints.AnyAsync(stop)
        || (!await db.Ledger.AnyAsync(stop) && !await db.Closes.AnyAsync(c => c.Status == CloseStatus.Published, stop));

    /// <summary>Entries and leaves have the same numbers here but for one, since nothing else is in the log yet.</summary>
    private static async Task<List<LedgerRowForm>> RowsAsync(DispatchContext db, long after, CancellationToken stop)
    {
        var rows = await db.Ledger.AsNoTracking().Where(e => e.Sequence > after).OrderBy(e => e.Sequence).Take(Batch).ToListAsync(stop);
        return rows.ConvertAll(row => new LedgerRowForm(row.Sequence, LogForms.OfEntry(row)));
    }

    private sealed record LedgerRowForm(long Sequence, byte[] Form);
}
