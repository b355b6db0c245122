using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>What a tally must know of each driver besides the ledger, for so many drivers at a time, by ascending id.</summary>
internal static class FactsOfDrivers
{
    /// <summary>For a month's first close: the drivers that were on the roster when it was begun.</summary>
    public static async Task<List<(int DriverId, DriverFacts Facts)>> OnRosterAsync(DispatchContext db, Close close, int after, int count, CancellationToken stop)
    {
        var drivers = await db.Drivers.AsNoTracking()
            .Where(d => d.Id > after && d.Id <= close.DriversThrough).OrderBy(d => d.Id).Take(count)
            .Select(d => new { d.Id, d.Code, PreviousStars = db.Ratings.Where(r => r.CloseId == close.BuildsOnId && r.DriverId == d.Id).Select(r => r.Stars).FirstOrDefault() })
            .ToListAsync(stop);
        var last = drivers.Count == 0 ? after : drivers[^1].Id;
        var days = await DaysOnShiftAsync(db.Shifts.Where(s => s.DriverId > after && s.DriverId <= last), Month.Parse(close.Period).LastDay, stop);
        return drivers.ConvertAll(d => (d.Id, new DriverFacts(d.Code, days.GetValueOrDefault(d.Id), d.PreviousStars)));
    }

    /// <summary>The drivers and days of a close that is revised or replayed.</summary>
    /// <param name="buildsOnId">Close of the month before, with the stars as they are now; null for those with which it was closed.</param>
    public static async Task<List<(int DriverId, DriverFacts Facts)>> AsInAsync(
        DispatchContext db, int closeId, int? buildsOnId, int after, int count, CancellationToken stop)
    {
        var drivers = await (from rating in db.Ratings.AsNoTracking()
                             where rating.CloseId == closeId && rating.DriverId > after
                             join driver in db.Drivers on rating.DriverId equals driver.Id
                             orderby rating.DriverId
                             select new
                             {
                                 rating.DriverId, driver.Code, rating.DaysOnShift, rating.PreviousStars,
                                 StarsNow = db.Ratings.Where(r => r.CloseId == buildsOnId && r.DriverId == rating.DriverId).Select(r => r.Stars).FirstOrDefault(),
                             }).Take(count).ToListAsync(stop);
        return drivers.ConvertAll(d => (d.DriverId, new DriverFacts(d.Code, d.DaysOnShift, buildsOnId is null ? d.PreviousStars : d.StarsNow)));
    }

    /// <summary>Bureau days up to <paramref name="last"/> on which each driver of these shifts was signed on, whichever the cab; a day counts once.</summary>
    public static async Task<Dictionary<int, int>> DaysOnShiftAsync(IQueryable<Shift> all, DateOnly last, CancellationToken stop)
    {
        var days = new Dictionary<int, int>();
        var covered = new Dictionary<int, DateOnly>();
        var shifts = all.AsNoTracking().Where(s => s.OnDay <= last).OrderBy(s => s.DriverId).ThenBy(s => s.OnDay)
            .Select(s => new { s.DriverId, s.OnDay, s.OffDay }).AsAsyncEnumerable();
        await foreach (var shift in shifts.WithCancellation(stop))
        {
            var from = covered.TryGetValue(shift.DriverId, out var until) && until >= shift.OnDay ? until.AddDays(1) : shift.OnDay;
            var to = shift.OffDay is { } off && off < last ? off : last;
            if (to < from)
                continue;
            days[shift.DriverId] = days.GetValueOrDefault(shift.DriverId) + to.DayNumber - from.DayNumber + 1;
            covered[shift.DriverId] = to;
        }

        return days;
    }
}
