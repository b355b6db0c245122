using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>Works out the figures of each edition once: they never change. One for a database. Thread-safe.</summary>
internal sealed class BulletinShelf
{
    // A few kilobytes for each edition of each month that was ever looked at.
    private readonly ConcurrentDictionary<int, BulletinFigures> _figures = new();

    /// <param name="close">Published.</param>
    public async Task<BulletinFigures> FiguresOfAsync(Close close, DispatchContext db, CancellationToken stop) =>
        _figures.TryGetValue(close.Id, out var known) ? known : _figures.GetOrAdd(close.Id, await ReadAsync(close, db, stop));

    /// <summary>From the database as it is now.</summary>
    public static async Task<BulletinFigures> ReadAsync(Close close, DispatchContext db, CancellationToken stop)
    {
        var month = Month.Parse(close.Period);
        var closes = await db.Closes.AsNoTracking().Where(c => c.Status == CloseStatus.Published).ToListAsync(stop);
        var texts = await ConductCatalogue.StoredAsync(close, db, stop);
        var rules = texts.FirstOrDefault(text => text.Sha256 == close.RulebookHash)?.Rules
            ?? throw new InvalidDataException(RulebookOfClose.Gone(close).Detail);
        var names = ConductCatalogue.Of(month, texts);
        var before = Newest(closes.Where(c => c.Period == $"{month.Previous}" && c.PublishedAt <= close.PublishedAt));
        var edition = closes.Find(c => c.Period == close.Period && c.Revision == close.Revision - 1);
        var (decisions, merits) = await DecisionTables.OfAsync(month, rules.Deadlines, names, db, stop);
        return new(
            close.Period, close.Revision, close.Reason, await db.Settings.AnyAsync(s => s.Name == Setting.Synthetic, stop),
            $"{close.RulebookId} {close.RulebookFrom:yyyy-MM-dd}", before is null ? null : $"{before.Period}/{before.Revision}",
            await StarsAsync(close, before, edition, db, stop),
            await ComplaintTable.OfAsync(
                close, closes.Where(c => c.Revision == 1 && string.CompareOrdinal(c.Period, close.Period) <= 0).ToDictionary(c => c.Period), texts, db, stop),
            merits, decisions, await DecisionTables.ObjectionsAsync(month, db, stop));
    }

    private static Close? Newest(IEnumerable<Close> editions) => editions.MaxBy(c => c.Revision);

    private static async Task<IReadOnlyList<StarsLine>> StarsAsync(Close close, Close? before, Close? edition, DispatchContext db, CancellationToken stop)
    {
        var counted = await RatedCounts.OfAllAsync([.. new[] { close, before, edition }.OfType<Close>().Select(c => (c.Id, c.Digest))], db, stop);
        return [.. counted[close.Id].Select(stars => new StarsLine(
            stars.Key, stars.Value, before is null ? null : counted[before.Id][stars.Key], edition is null ? null : counted[edition.Id][stars.Key]))];
    }
}
