using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>What a tally must know of each driver besides the ledger, for so many drivers at a time, by ascending id.</summary>
internal static class FactsOfDrivers
{
    /// <summary>For a month's first close: the drivers that were on the roster when it was begun, but for those who had left before it.</summary>
    public static async Task<List<(int DriverId, DriverFacts Facts)>> OnRosterAsync(
        DispatchContext db, Close close, int after, int count, CancellationToken stop)
    {
        var (first, last) = (Month.Parse(close.Period).FirstDay, Month.Parse(close.Period).LastDay);
        var memberships = db.Set<Membership>();
        var query = db.Drivers
            .Where(d => d.Id > after && d.Id <= close.DriversThrough)
            // Who had left before the month began and was not back in it has no rating.
            .Where(d => !memberships.Any(m => m.DriverId == d.Id && m.LeftOn <= first)
                || memberships.Any(m => m.DriverId == d.Id && m.JoinedOn <= last && (m.LeftOn == null || m.LeftOn > first)))
            .OrderBy(d => d.Id).Take(count)
            .Select(d => new
            {
                d.Id,
                d.Code,
                PreviousStars = db.Set<Rating>().Where(r => r.CloseId == close.BuildsOnId && r.DriverId == d.Id).Select(r => r.Stars).FirstOrDefault(),
            });
        var drivers = new List<(int Id, string Code, int? PreviousStars)>(count);
        await db.ReadAsync(query, row => drivers.Add((row.GetInt32(0), row.GetString(1), row.IntOrNull(2))), stop);
        var through = drivers.Count == 0 ? after : drivers[^1].Id;
        var days = await DaysOnShiftAsync(db, db.Shifts.Where(s => s.DriverId > after && s.DriverId <= through), last, stop);
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
                                 StarsNow = db.Set<Rating>().Where(r => r.CloseId == buildsOnId && r.DriverId == rating.DriverId)
                                     .Select(r => r.Stars).FirstOrDefault(),
                             }).Take(count).ToListAsync(stop);
        return drivers.ConvertAll(d => (d.DriverId, new DriverFacts(d.Code, d.DaysOnShift, buildsOnId is null ? d.PreviousStars : d.StarsNow)));
    }

    /// <summary>Bureau days up to <paramref name="last"/> on which each driver of these shifts was signed on, whichever the cab; a day counts once.</summary>
    public static async Task<Dictionary<int, int>> DaysOnShiftAsync(DispatchContext db, IQueryable<Shift> all, DateOnly last, CancellationToken stop)
    {
        var days = new Dictionary<int, int>();
        var (driver, covered) = (0, (DateOnly?)null);
        var shifts = all.Where(s => s.OnDay <= last).OrderBy(s => s.DriverId).ThenBy(s => s.OnDay).Select(s => new { s.DriverId, s.OnDay, s.OffDay });
        await db.ReadAsync(
            shifts, row => Count(row.GetInt32(0), row.GetFieldValue<DateOnly>(1), row.IsDBNull(2) ? last : row.GetFieldValue<DateOnly>(2)), stop);
        return days;

        void Count(int of, DateOnly on, DateOnly off)
        {
            if (of != driver)
                (driver, covered) = (of, null);
            var from = covered >= on ? covered.Value.AddDays(1) : on;
            var to = off < last ? off : last;
            if (to < from)
                return;
            days[of] = days.GetValueOrDefault(of) + to.DayNumber - from.DayNumber + 1;
            covered = to;
        }
    }
}
