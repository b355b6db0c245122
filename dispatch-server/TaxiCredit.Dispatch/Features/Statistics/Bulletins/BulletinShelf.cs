using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>
/// Works out the figures of each edition once, however many ask for them at the same time: they never change. One for a database. Thread-safe.
/// </summary>
internal sealed class BulletinShelf(IServiceScopeFactory scopes, IHostApplicationLifetime host) : IAsyncDisposable
{
    // A few kilobytes for each edition of each month that was ever looked at.
    private readonly ConcurrentDictionary<int, BulletinFigures> _figures = new();
    private readonly ConcurrentDictionary<int, SharedRun<BulletinFigures>> _runs = new();

    private int _workedOut;

    /// <summary>Editions that were worked out.</summary>
    public int WorkedOut => _workedOut;

    /// <param name="close">Published.</param>
    public async Task<BulletinFigures> FiguresOfAsync(Close close, CancellationToken stop)
    {
        if (_figures.TryGetValue(close.Id, out var known))
            return known;
        return await _runs.GetOrAdd(close.Id, _ => new(scopes, host, WorkOutAsync)).AskAsync().WaitAsync(stop);

        // Whoever asks while one is at work is promised a later one, which finds what that one has left.
        async Task<BulletinFigures> WorkOutAsync(IServiceProvider services, CancellationToken cancelled)
        {
            if (_figures.TryGetValue(close.Id, out var done))
                return done;
            Interlocked.Increment(ref _workedOut);
            return _figures[close.Id] = await ReadAsync(close, services.GetRequiredService<DispatchContext>(), cancelled);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Values)
            await run.DisposeAsync();
    }

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
