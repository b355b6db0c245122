using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

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
        Shifts(report, context).AsNoTracking().Include(s => s.Driver).OrderBy(s => s.OnAt).ThenBy(s => s.Id).ToListAsync(stop);

    private static IQueryable<Shift> Shifts(PassengerReport report, OperationContext context)
    {
        var (day, begin) = (report.ConductOn, BureauTime.BeginOf(report.ConductOn));
        var (from, to) = report.ConductHour is { } hour ? (begin.AddHours(hour), begin.AddHours(hour + 1)) : (begin, begin.AddDays(1));
        var shifts = context.Db.Shifts.Where(s => s.CabId == report.CabId);
        return context.IsCalendar
            ? shifts.Where(s => s.OnAt < to && (s.OffAt == null || s.OffAt > from))
            : shifts.Where(s => s.OnDay <= day && (s.OffDay == null || s.OffDay >= day));
    }
}
