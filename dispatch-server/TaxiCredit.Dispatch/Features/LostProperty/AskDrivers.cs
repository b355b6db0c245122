using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

internal static class AskDrivers
{
    /// <summary>A cab has few drivers; more than this were not asked because of one ride.</summary>
    private const int MaxAsked = 50;

    /// <summary>
    /// Asks everybody who has driven the cab since the hour of the ride, or since that day where the hour is not remembered. Where the bureau's date is set
    /// by a demo, the days of the shifts tell. A driver who was asked before is not asked again.
    /// </summary>
    public static async Task OfAsync(Loss loss, OperationContext context, CancellationToken stop)
    {
        var asked = await context.Db.LossQuestions.Where(q => q.LossId == loss.Id).Select(q => q.DriverId).ToListAsync(stop);
        foreach (var driver in await Since(loss, context).Select(s => s.DriverId).Distinct().OrderBy(id => id).Take(MaxAsked).ToListAsync(stop))
        {
            if (!asked.Contains(driver))
                context.Db.LossQuestions.Add(LossQuestion.Of(loss, driver, context.Now));
        }
    }

    private static IQueryable<Shift> Since(Loss loss, OperationContext context)
    {
        var (day, from) = (loss.LostOn, BureauTime.BeginOf(loss.LostOn).AddHours(loss.LostHour ?? 0));
        var ofCab = context.Db.Shifts.Where(s => s.CabId == loss.CabId);
        return context.IsCalendar
            ? ofCab.Where(s => s.OffAt == null || s.OffAt > from)
            : ofCab.Where(s => s.OffDay == null || s.OffDay >= day);
    }
}
