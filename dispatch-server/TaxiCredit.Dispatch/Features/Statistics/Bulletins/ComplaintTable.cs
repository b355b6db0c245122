using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>Complaints by conduct, for the twelve months up to one.</summary>
internal static class ComplaintTable
{
    private const int MonthsTold = 12;
    private const int RatedDays = 10_000;

    /// <param name="firsts">First editions of the months that are published, up to this one.</param>
    public static async Task<ComplaintFigures> OfAsync(
        Close close, IReadOnlyDictionary<string, Close> firsts, IReadOnlyList<RulebookText> texts, DispatchContext db, CancellationToken stop)
    {
        var month = Month.Parse(close.Period);
        var first = month.AddMonths(1 - MonthsTold).FirstDay;
        var counts = await CountedComplaints.Told(db).Where(c => c.SubmittedOn >= first && c.SubmittedOn <= month.LastDay)
            .GroupBy(c => new { c.SubmittedOn.Year, c.SubmittedOn.Month, c.Code, c.DriverId })
            .Select(g => new { g.Key.Year, g.Key.Month, g.Key.Code, g.Key.DriverId, Count = g.Count() }).ToListAsync(stop);
        var byMonth = counts.ToLookup(c => new Month(c.Year, c.Month), c => (c.Code, c.DriverId, c.Count));
        var months = Enumerable.Range(1 - MonthsTold, MonthsTold).Select(month.AddMonths).Where(m => firsts.ContainsKey(m.ToString()))
            .Select(m => new Counted(m, LinesOf(ConductCatalogue.Of(m, texts), byMonth[m]), MonthView.FromFive(byMonth[m].Sum(c => c.Count)))).ToList();

        var (names, now, days) = (ConductCatalogue.Of(month, texts), months[^1], await DaysOnShiftAsync(firsts[close.Period], db, stop));
        return new(
            now.Total, days, PerDays(now.Total, days), months.ConvertAll(m => new MonthTotal(m.Month.ToString(), m.Total)),
            [.. now.Lines.Select(line => new ConductLine(
                [.. line.Keys.Select(code => names[code])], line.Count, PerDays(line.Count, days),
                months.Find(m => m.Month == month.Previous)?.Find(line), [.. months.Select(m => m.Find(line))]))]);
    }

    private static IReadOnlyList<Merged> LinesOf(ConductCatalogue names, IEnumerable<(string Code, int Driver, int Count)> counts)
    {
        var byCode = counts.ToLookup(c => c.Code);
        var used = byCode.Select(code => code.Key).ToList();
        return SmallCells.Merge([
            .. ConductCatalogue.Deductions.SelectMany(category => names.Codes(category, used))
                .Select(code => new Cell(code, byCode[code].Sum(c => c.Count), byCode[code].Select(c => c.Driver).ToHashSet())),
        ]);
    }

    /// <summary>
    /// How many days more the month's close counted than the one that it builds on. Both are published, so that no shift has to be counted again, and a
    /// revision takes the days as they were.
    /// </summary>
    private static async Task<long?> DaysOnShiftAsync(Close first, DispatchContext db, CancellationToken stop)
    {
        if (first.BuildsOnId is not { } before)
            return null;
        // Who was not rated in the month before has either come since, or comes back with the days of another time: at most the month's are the month's.
        var most = Month.Parse(first.Period).LastDay.Day;
        return await (
            from rating in db.Ratings
            where rating.CloseId == first.Id
            join earlier in db.Ratings.Where(r => r.CloseId == before) on rating.DriverId equals earlier.DriverId into known
            from earlier in known.DefaultIfEmpty()
            select (long)(earlier != null ? rating.DaysOnShift - earlier.DaysOnShift : rating.DaysOnShift > most ? most : rating.DaysOnShift)).SumAsync(stop);
    }

    private static decimal? PerDays(int? count, long? days) =>
        days > 0 && count is { } told ? Math.Round(told * (decimal)RatedDays / days.Value, 1, MidpointRounding.AwayFromZero) : null;

    private sealed record Counted(Month Month, IReadOnlyList<Merged> Lines, int? Total)
    {
        public int? Find(Merged line) => Lines.FirstOrDefault(own => own.Keys.SequenceEqual(line.Keys))?.Count;
    }
}
