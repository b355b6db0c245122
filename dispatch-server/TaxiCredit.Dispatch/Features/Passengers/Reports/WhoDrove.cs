using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>A time as people remember it.</summary>
/// <param name="Hour">0 to 23; null for all day.</param>
internal sealed record RoughTime(DateOnly Day, int? Hour);

internal static class WhoDrove
{
    /// <summary>
    /// The one driver who was signed on to the cab at any time of the hour, or of the day where the hour is not remembered; null if nobody was, or
    /// more than one, or somebody for longer than <see cref="DoubtfulShifts.Longest"/>. Where the bureau's date is set by a demo, instants do not belong to its
    /// days and the days of the shifts alone tell.
    /// </summary>
    public static async Task<Driver?> FindAsync(PassengerReport report, OperationContext context, CancellationToken stop)
    {
        var drivers = await Shifts(report, context).Select(s => s.Driver).Distinct().Take(2).ToListAsync(stop);
        if (drivers.Count != 1)
            return null;
        // Days of a demo are no hours: there nothing tells how long a shift was.
        var times = context.IsCalendar ? await Shifts(report, context).Select(s => new { s.OnAt, s.OffAt }).ToListAsync(stop) : [];
        return times.Exists(shift => (shift.OffAt ?? context.Now) - shift.OnAt > DoubtfulShifts.Longest) ? null : drivers[0];
    }

    /// <summary>Everybody who was signed on to the cab then, in order of signing on.</summary>
    public static Task<List<Shift>> ShiftsAsync(PassengerReport report, OperationContext context, CancellationToken stop) =>
        ShiftsAsync(TimeOf(report), s => s.CabId == report.CabId, context, stop);

    /// <summary>Shifts of that time with driver and cab, in order of signing on.</summary>
    /// <param name="of">Whose: of one cab or of one driver.</param>
    public static Task<List<Shift>> ShiftsAsync(RoughTime time, Expression<Func<Shift, bool>> of, OperationContext context, CancellationToken stop) =>
        Shifts(time, context).Where(of).AsNoTracking().Include(s => s.Driver).Include(s => s.Cab).OrderBy(s => s.OnAt).ThenBy(s => s.Id).ToListAsync(stop);

    private static RoughTime TimeOf(PassengerReport report) => new(report.ConductOn, report.ConductHour);

    private static IQueryable<Shift> Shifts(PassengerReport report, OperationContext context) =>
        Shifts(TimeOf(report), context).Where(s => s.CabId == report.CabId);

    private static IQueryable<Shift> Shifts(RoughTime time, OperationContext context)
    {
        var (day, begin) = (time.Day, BureauTime.BeginOf(time.Day));
        var (from, to) = time.Hour is { } hour ? (begin.AddHours(hour), begin.AddHours(hour + 1)) : (begin, begin.AddDays(1));
        return context.IsCalendar
            ? context.Db.Shifts.Where(s => s.OnAt < to && (s.OffAt == null || s.OffAt > from))
            : context.Db.Shifts.Where(s => s.OnDay <= day && (s.OffDay == null || s.OffDay >= day));
    }
}
