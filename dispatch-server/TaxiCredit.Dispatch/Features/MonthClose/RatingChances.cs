using Microsoft.EntityFrameworkCore;
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

/// <summary>Computes how sure ratings are. It reads the whole city once per close. Thread-safe.</summary>
internal sealed class RatingChances
{
    private volatile Known? _known;

    /// <returns>Null for a driver who is not rated in the newest published month, and where that month cannot be computed again.</returns>
    public async Task<RatingCertainty?> OfAsync(string driver, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var close = await PublishedRatings.NewestRevisions(db).AsNoTracking().OrderByDescending(c => c.Period).FirstOrDefaultAsync(stop);
        if (close is null)
            return null;
        var own = await db.Ratings.Where(r => r.CloseId == close.Id && db.Set<Driver>().Any(d => d.Id == r.DriverId && d.Code == driver))
            .Select(r => new { r.Stars, r.DaysOnShift }).SingleOrDefaultAsync(stop);
        if (own is not { Stars: { } stars, DaysOnShift: > 0 })
            return null;

        // Two requests may read the city at the same time; both find the same.
        var known = _known is { } last && last.CloseId == close.Id ? last : await ReadAsync(close, context, stop);
        if (known is null)
            return null;
        _known = known;
        var exposure = Math.Min(1, own.DaysOnShift / (double)known.DaysOfWindow);
        return new(close.Period, stars, known.ByStars.Values.Sum(), known.ByStars.GetValueOrDefault(stars), known.Pattern?.ChancesOf(driver, exposure));
    }

    /// <returns>Null where the text of the close's rulebook is gone.</returns>
    private static async Task<Known?> ReadAsync(Close close, OperationContext context, CancellationToken stop)
    {
        var (db, month) = (context.Db, Month.Parse(close.Period));
        if (await db.RulebookOfAsync(close, stop) is not { } rulebook)
            return null;
        var first = rulebook.Window.FirstMonth(month).FirstDay;
        var drivers = await db.Ratings.CountAsync(r => r.CloseId == close.Id, stop);
        var byStars = await db.Ratings.Where(r => r.CloseId == close.Id && r.Stars != null)
            .GroupBy(r => r.Stars!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        // A reversal is younger than what it reverses, so that the window has both.
        var rows = await db.Ledger.AsNoTracking()
            .Where(e => e.Sequence <= close.LedgerSequence && e.DecidedOn >= first && e.Kind != EntryKind.Repair).ToListAsync(stop);
        var pattern = CityPattern.Of(rulebook, month, drivers, rows.ConvertAll(row => row.ToEntry()));
        return new(close.Id, pattern, byStars, month.LastDay.DayNumber - first.DayNumber + 1);
    }

    private sealed record Known(int CloseId, CityPattern? Pattern, IReadOnlyDictionary<int, int> ByStars, int DaysOfWindow);
}
