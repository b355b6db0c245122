using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// The long part of a close, from its beginning to its preview: drivers are tallied in the order of their ids and rated in batches, each
/// committed with its progress. The worker holds a lease: it is the process that was asked, or, if that one died, <see cref="CloseResumption"/> in
/// any process, from the last batch on. The inputs were fixed at the beginning, so that it does not matter who finishes it, and when.
/// </summary>
internal sealed class CloseWork(int leaderId, Lease lease, OperationContext context, CloseSettings settings)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private DispatchContext Db => context.Db;

    /// <summary>Fixes the inputs of a close: the ledger as it stands, the rulebook in force, the drivers; none of them is tallied yet.</summary>
    public static async Task<Refusal?> BeginAsync(Close close, int? driversThrough, int? buildsOnId, OperationContext context, CancellationToken stop)
    {
        var last = Scoring.Month.Parse(close.Period).LastDay;
        if (await context.KeepRulebooksAsync(last, stop) is { } outdated)
            return outdated;
        var inForce = context.Rulebooks.InForceOn(last);
        if (inForce.Refusal is not null)
            return inForce.Refusal;

        close.LedgerSequence = await context.Db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0;
        (close.RulebookId, close.RulebookFrom, close.RulebookHash) = (inForce.Value.Id, inForce.Value.EffectiveFrom, context.Rulebooks.HashOf(inForce.Value));
        (close.DriversThrough, close.TalliedThrough, close.BuildsOnId) = (driversThrough ?? 0, 0, buildsOnId);
        (close.Digest, close.DigestFormat) = ("", CloseDigest.Newest);
        return null;
    }

    /// <summary>Works at a close until it is previewed, or waits while somebody else does.</summary>
    /// <param name="leaderId">Close with those it includes.</param>
    public static async Task<Outcome<Close>> FinishAsync(int leaderId, OperationContext context, CloseSettings settings, CancellationToken stop)
    {
        while (true)
        {
            var close = await context.Db.Closes.AsNoTracking().Include(c => c.Signatures).SingleOrDefaultAsync(c => c.Id == leaderId, stop);
            if (close is null)
            {
                return Refusal.Conflict(
                    "close-dropped",
                    "A revision of an earlier month was asked for while this was tallied, and dropped it; publish that one and ask again.");
            }

            if (close.Status != CloseStatus.Open)
                return close;
            if (await context.Db.RulebookOfAsync(close, stop) is null)
                return RulebookOfClose.Gone(close);
            if (!await TryAsync(leaderId, context, settings, stop))
                await context.PauseAsync(LookAgain, stop);
        }
    }

    /// <returns>False while another worker has the lease.</returns>
    public static async Task<bool> TryAsync(int leaderId, OperationContext context, CloseSettings settings, CancellationToken stop)
    {
        var lease = await context.Db.AcquireAsync($"close-{leaderId}", $"{Guid.NewGuid():N}", context.Now, settings.Lease, stop);
        if (lease is null)
            return false;

        try
        {
            await new CloseWork(leaderId, lease, context, settings).RunAsync(stop);
        }
        finally
        {
            await context.Db.ReleaseAsync(lease, CancellationToken.None);
        }

        return true;
    }

    /// <summary>
    /// Returns early, with nothing stored since, when the lease was lost or the close dropped. Does nothing for one that was finished just before.
    /// </summary>
    private async Task RunAsync(CancellationToken stop)
    {
        foreach (var close in await Unfinished().AsNoTracking().ToListAsync(stop))
        {
            if (!await TallyAsync(close, stop))
                return;
        }

        await PreviewAsync(stop);
    }

    private IQueryable<Close> Unfinished() =>
        Db.Closes.Where(c => (c.Id == leaderId || c.LedById == leaderId) && c.Status == CloseStatus.Open).OrderBy(c => c.Period);

    private async Task<bool> TallyAsync(Close close, CancellationToken stop)
    {
        // Who begins a close stores the text with it; one of before that whose text is gone waits to be begun anew.
        if (await Db.RulebookOfAsync(close, stop) is not { } rulebook)
            return false;
        var tally = new MonthTally(close, rulebook);
        var after = close.TalliedThrough;
        // Inside somebody's transaction another connection would not see what it has written.
        await using var beside = Db.Database.CurrentTransaction is null ? Db.CreateSecondContext() : null;
        var batches = beside is null ? BatchesAsync(close, Db, stop) : BatchesAsync(close, beside, stop).PrefetchOneAsync(stop);
        await foreach (var batch in batches)
        {
            if (!await StoreAsync(close.Id, after, batch.Through, tally.Rate(batch), stop))
                return false;
            after = batch.Through;
        }

        return true;
    }

    /// <summary>The drivers that are not rated yet, in batches of which each is committed at once.</summary>
    private async IAsyncEnumerable<BatchOfDrivers> BatchesAsync(Close close, DispatchContext db, [EnumeratorCancellation] CancellationToken stop)
    {
        var revisedId = await db.Closes.Where(c => c.Period == close.Period && c.Revision == close.Revision - 1)
            .Select(c => (int?)c.Id).SingleOrDefaultAsync(stop);
        var count = settings.BatchDrivers;
        for (int after = close.TalliedThrough, through; after < close.DriversThrough; after = through)
        {
            var drivers = revisedId is { } revised
                ? await FactsOfDrivers.AsInAsync(db, revised, close.BuildsOnId, after, count, stop)
                : await FactsOfDrivers.OnRosterAsync(db, close, after, count, stop);
            through = drivers.Count == count ? drivers[^1].DriverId : close.DriversThrough;
            yield return new(through, drivers, await db.FilesInBriefAsync(after, through, close.LedgerSequence, stop));
        }
    }

    private async Task<bool> StoreAsync(int closeId, int after, int through, List<Rating> ratings, CancellationToken stop)
    {
        await using var write = await Db.BeginWriteAsync(stop);
        if (!await Db.RenewAsync(lease, context.Now, settings.Lease, stop))
            return false;
        var moved = await Db.Closes.Where(c => c.Id == closeId && c.TalliedThrough == after)
            .ExecuteUpdateAsync(row => row.SetProperty(c => c.TalliedThrough, through), stop);
        if (moved == 0)
            return false;

        await using (var table = BulkInsert<Rating>.Into(Db))
            await table.WriteAsync(ratings, stop);
        await write.SaveAsync(stop);
        return true;
    }

    /// <summary>
    /// Seals the ratings with their digests and shows them: this close and those it includes, together. Not by <c>RunAsync</c>: the permission
    /// was checked when the close began, and whichever process holds the lease finishes it.
    /// </summary>
    private async Task PreviewAsync(CancellationToken stop)
    {
        var digests = new Dictionary<int, string>();
        // The last is the earliest month, whose digest covers those that it takes along.
        foreach (var close in Enumerable.Reverse(await Unfinished().AsNoTracking().ToListAsync(stop)))
            digests.Add(close.Id, await CloseDigest.OfAsync(Db, close, stop, digests));

        await using var write = await Db.BeginWriteAsync(stop);
        if (!await Db.RenewAsync(lease, context.Now, settings.Lease, stop))
            return;
        var closes = await Unfinished().ToListAsync(stop);
        foreach (var close in closes)
        {
            close.Move(CloseSignal.Preview);
            close.Digest = digests[close.Id];
        }

        if (closes.Find(c => c.Id == leaderId) is { } leader)
        {
            var figures = $"revision {leader.Revision} through {leader.LedgerSequence} digest {leader.Digest}";
            context.Record(leader.PreviewedBy, PreviewMonth.AuditName, leader.Period, figures);
        }

        await write.SaveAsync(stop);
        Db.ChangeTracker.Clear();
    }
}
