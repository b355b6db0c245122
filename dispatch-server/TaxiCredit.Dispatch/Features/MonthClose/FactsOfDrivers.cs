using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>What a tally must know of each driver besides the ledger.</summary>
internal static class FactsOfDrivers
{
    /// <summary>For a month's first close: every driver on the roster.</summary>
    /// <param name="previous">Stars of the month before, by driver id; a driver without is not in it.</param>
    public static async Task<Dictionary<int, DriverFacts>> ForMonthAsync(
        DispatchContext db, Month month, IReadOnlyDictionary<int, int?> previous, CancellationToken stop)
    {
        var days = await DaysOnShiftAsync(db.Shifts, month.LastDay, stop);
        var drivers = await db.Drivers.AsNoTracking().Select(d => new { d.Id, d.Code }).ToListAsync(stop);
        return drivers.ToDictionary(d => d.Id, d => new DriverFacts(d.Code, days.GetValueOrDefault(d.Id), previous.GetValueOrDefault(d.Id)));
    }

    /// <summary>For a revision: the drivers and days of the close that it revises, with the stars of the month before as they are now.</summary>
    public static async Task<Dictionary<int, DriverFacts>> AsInAsync(
        DispatchContext db, int closeId, IReadOnlyDictionary<int, int?>? previous, CancellationToken stop)
    {
        var rows = await (from rating in db.Ratings.AsNoTracking()
                          where rating.CloseId == closeId
                          join driver in db.Drivers on rating.DriverId equals driver.Id
                          select new { driver.Id, driver.Code, rating.DaysOnShift, rating.PreviousStars }).ToListAsync(stop);
        return rows.ToDictionary(
            r => r.Id, r => new DriverFacts(r.Code, r.DaysOnShift, previous is null ? r.PreviousStars : previous.GetValueOrDefault(r.Id)));
    }

    public static async Task<Dictionary<int, int?>> StarsOfAsync(DispatchContext db, int? closeId, CancellationToken stop) =>
        await db.Ratings.AsNoTracking().Where(r => r.CloseId == closeId).ToDictionaryAsync(r => r.DriverId, r => r.Stars, stop);

    /// <summary>Bureau days up to <paramref name="last"/> on which each driver of these shifts was signed on, whichever the cab; a day counts once.</summary>
    public static async Task<Dictionary<int, int>> DaysOnShiftAsync(IQueryable<Shift> all, DateOnly last, CancellationToken stop)
    {
        var days = new Dictionary<int, int>();
        var covered = new Dictionary<int, DateOnly>();
        var shifts = all.AsNoTracking().Where(s => s.OnDay <= last).OrderBy(s => s.DriverId).ThenBy(s => s.OnDay)
            .Select(s => new { s.DriverId, s.OnDay, s.OffDay }).AsAsyncEnumerable();
        await foreach (var shift in shifts.WithCancellation(stop))
        {
            var from = covered.TryGetValue(shift.DriverId, out var through) && through >= shift.OnDay ? through.AddDays(1) : shift.OnDay;
            var to = shift.OffDay is { } off && off < last ? off : last;
            if (to < from)
                continue;
            days[shift.DriverId] = days.GetValueOrDefault(shift.DriverId) + to.DayNumber - from.DayNumber + 1;
            covered[shift.DriverId] = to;
        }

        return days;
    }
}
