using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>A published month's figures as anybody may have them.</summary>
/// <param name="Form">Name of the file's form.</param>
/// <param name="Figures">The same wherever and whenever they are worked out.</param>
internal sealed record Bulletin(string Form, BulletinFigures Figures, BulletinAnchor Anchor)
{
    public const string FormName = "taxicredit-bulletin-1";

    /// <param name="edition">Null for the newest.</param>
    /// <returns><c>period-form</c>, <c>month-not-published</c> or <c>edition-unknown</c>, each 404, where there is none.</returns>
    public static async Task<Outcome<Bulletin>> OfAsync(string period, int? edition, DispatchContext db, BulletinShelf shelf, CancellationToken stop)
    {
        var read = Periods.Read(period);
        if (read.Refusal is not null)
            return read.Refusal;

        return await OfAsync(period, edition, await EditionsAsync(period, db, stop), db, shelf, stop);
    }

    /// <param name="editions">As <see cref="EditionsAsync"/> gives them.</param>
    public static async Task<Outcome<Bulletin>> OfAsync(
        string period, int? edition, List<Close> editions, DispatchContext db, BulletinShelf shelf, CancellationToken stop)
    {
        if (editions.Count == 0)
            return Refusal.Missing("month-not-published", $"{period} is not published; a bulletin comes with the published month.");
        if ((edition is null ? editions[^1] : editions.Find(close => close.Revision == edition)) is not { } close)
            return Refusal.Missing("edition-unknown", $"{period} has no edition {edition}; the newest is {editions[^1].Revision}.");

        return new Bulletin(FormName, await shelf.FiguresOfAsync(close, stop), await AnchorAsync(close, db, stop));
    }

    /// <summary>Published closes of a month, the newest last.</summary>
    public static Task<List<Close>> EditionsAsync(string period, DispatchContext db, CancellationToken stop) =>
        db.Closes.AsNoTracking().Where(c => c.Period == period && c.Status == CloseStatus.Published).OrderBy(c => c.Revision).ToListAsync(stop);

    public static async Task<BulletinAnchor> AnchorAsync(Close close, DispatchContext db, CancellationToken stop)
    {
        var leaf = await db.CityLeaves.Where(l => l.Kind == LeafKind.Close && l.Key == close.Id).Select(l => (long?)l.Index).SingleOrDefaultAsync(stop);
        var note = leaf is null ? null : await db.Checkpoints.Where(c => c.Tree == LogTree.City && c.Period != null && c.Size > leaf)
            .OrderBy(c => c.Size).ThenBy(c => c.Id).Select(c => c.Note).FirstOrDefaultAsync(stop);
        return new(close.LedgerSequence, close.Digest, close.PublishedAt!.Value.ToUnixTimeMilliseconds(), note);
    }
}

/// <summary>What binds the figures to the city's log.</summary>
/// <param name="LedgerEntry">Last entry of the ledger that the close read.</param>
/// <param name="Digest">What two people signed, <see cref="CloseDigest"/>.</param>
/// <param name="PublishedAt">Unix milliseconds.</param>
/// <param name="Checkpoint">The first public checkpoint that covers the close, a signed note; null in the seconds before it is signed.</param>
internal sealed record BulletinAnchor(long LedgerEntry, string Digest, long PublishedAt, string? Checkpoint);
