using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Confidence;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>How sure a published rating is.</summary>
/// <param name="Period">The month that it was published for.</param>
/// <param name="Stars">0 to 4, as published.</param>
/// <param name="Drivers">Drivers who were rated in that month.</param>
/// <param name="WithSameStars">Those of them who have the same stars, the driver included.</param>
/// <param name="Chances">
/// Of 0 to 4 stars, were the window driven again in the same way; see <see cref="CityPattern"/>. Null in a city that is too small to say.
/// </param>
internal sealed record RatingCertainty(string Period, int Stars, int Drivers, int WithSameStars, IReadOnlyList<double>? Chances);

/// <summary>Whether it can be said how sure a rating is.</summary>
/// <param name="Certainty">Null for a driver who is not rated in the newest published month, and where that month cannot be computed again.</param>
/// <param name="IsPending">It is being computed, and known in a moment.</param>
internal sealed record RatingCertain(RatingCertainty? Certainty, bool IsPending);

/// <summary>
/// Computes how sure ratings are. It reads the whole city once per close, for everybody who asks, and begins when a month is published: that is when
/// all drivers look. Thread-safe.
/// </summary>
internal sealed class RatingChances : IFactListener, IAsyncDisposable
{
    private static readonly RatingCertain Nothing = new(null, IsPending: false);

    private readonly SharedRun<Known?> _runs;
    private volatile Known? _known;

    public RatingChances(IServiceScopeFactory scopes, IHostApplicationLifetime host) => _runs = new(scopes, host, ReadAsync);

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    public void Hear(IFact fact)
    {
        if (fact is MonthPublished)
            // What it throws, who asks next gets anew.
            _ = _runs.AskAsync().ContinueWith(run => run.Exception, TaskScheduler.Default);
    }

    /// <param name="patience">How long the asker waits for a city that is being read; null to the end.</param>
    public async Task<RatingCertain> OfAsync(string driver, DispatchContext db, TimeSpan? patience, CancellationToken stop)
    {
        if (await NewestAsync(db, stop) is not { } close)
            return Nothing;
        var own = await db.Ratings.Where(r => r.CloseId == close.Id && db.Set<Driver>().Any(d => d.Id == r.DriverId && d.Code == driver))
            .Select(r => new { r.Stars, r.DaysOnShift }).SingleOrDefaultAsync(stop);
        if (own is not { Stars: { } stars, DaysOnShift: > 0 })
            return Nothing;

        if (_known is not { } known || known.CloseId != close.Id)
        {
            var reading = _runs.AskAsync();
            if (!await reading.EndsWithinAsync(patience, stop))
                return new(null, IsPending: true);
            if (await reading is not { } read || read.CloseId != close.Id)
                return Nothing;
            known = read;
        }

        var exposure = Math.Min(1, own.DaysOnShift / (double)known.DaysOfWindow);
        var chances = known.Pattern?.ChancesOf(driver, exposure);
        return new(new(close.Period, stars, known.ByStars.Values.Sum(), known.ByStars.GetValueOrDefault(stars), chances), IsPending: false);
    }

    private static Task<Close?> NewestAsync(DispatchContext db, CancellationToken stop) =>
        PublishedRatings.NewestRevisions(db).AsNoTracking().OrderByDescending(c => c.Period).FirstOrDefaultAsync(stop);

    /// <returns>Of the newest close; null where nothing is published, or the text of its rulebook is gone.</returns>
    private async Task<Known?> ReadAsync(IServiceProvider services, CancellationToken stop)
    {
        var db = services.GetRequiredService<DispatchContext>();
        if (await NewestAsync(db, stop) is not { } close)
            return null;
        return _known is { } last && last.CloseId == close.Id ? last : _known = await ReadAsync(close, db, stop);
    }

    /// <returns>Null where the text of the close's rulebook is gone.</returns>
    private static async Task<Known?> ReadAsync(Close close, DispatchContext db, CancellationToken stop)
    {
        var month = Month.Parse(close.Period);
        if (await db.RulebookOfAsync(close, stop) is not { } rulebook)
            return null;
        var first = rulebook.Window.FirstMonth(month).FirstDay;
        var drivers = await db.Ratings.CountAsync(r => r.CloseId == close.Id, stop);
        var byStars = await db.Ratings.Where(r => r.CloseId == close.Id && r.Stars != null)
            .GroupBy(r => r.Stars!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        // A reversal is younger than what it reverses, so that the window has both.
        // Only what the pattern reads: the texts and hashes of a province's entries would be a third of a gigabyte.
        var rows = db.Ledger.AsNoTracking()
            .Where(e => e.Sequence <= close.LedgerSequence && e.DecidedOn >= first && e.Kind != EntryKind.Repair)
            .Select(e => new { e.Sequence, e.Driver, e.Kind, e.Points, e.MaxStars, e.ConductOn, e.DecidedOn, e.Reverses }).AsAsyncEnumerable();
        var (entries, codes) = (new List<LedgerEntry>(), new Dictionary<string, string>());
        await foreach (var row in rows.WithCancellation(stop))
        {
            if (!codes.TryGetValue(row.Driver, out var code))
                codes[row.Driver] = code = row.Driver;
            entries.Add(new(
                row.Sequence, code, row.Kind, "", new Points(row.Points), row.MaxStars, row.ConductOn, row.DecidedOn, "", row.Reverses, ""));
        }

        var pattern = CityPattern.Of(rulebook, month, drivers, entries);
        return new(close.Id, pattern, byStars, month.LastDay.DayNumber - first.DayNumber + 1);
    }

    private sealed record Known(int CloseId, CityPattern? Pattern, IReadOnlyDictionary<int, int> ByStars, int DaysOfWindow);
}
