using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.Prospects;

/// <summary>What depends on the times of a shift that somebody is about to correct, before and after. Nothing is stored.</summary>
/// <param name="Days">Days on shift up to the end of the month that runs.</param>
/// <param name="Stars">Of that month so far; null for unrated.</param>
/// <param name="OpenCases">Undecided cases about the driver on days that the shift covers before or after: look again who drove.</param>
internal sealed record ShiftProspect(
    int Days, int DaysAfter, int ProbationDays, int? Stars, int? StarsAfter, IReadOnlyList<string> OpenCases)
{
    public static async Task<Outcome<ShiftProspect>> OfAsync(Shift shift, ShiftTimes times, OperationContext context, CancellationToken stop)
    {
        var soFar = await Explanation.SoFarAsync(shift.Driver.Code, context, stop);
        if (soFar.Refusal is not null)
            return soFar.Refusal;

        var (tally, month) = (soFar.Value, Month.Of(context.Today));
        var shifts = await context.Db.Shifts.AsNoTracking().Where(s => s.DriverId == shift.DriverId).ToListAsync(stop);
        var before = Prospect.DaysOnShift(shifts, month.LastDay);
        var corrected = new Shift
        {
            DriverId = shift.DriverId, CabId = shift.CabId, OnAt = times.OnAt, OnDay = times.OnDay, OffAt = times.OffAt, OffDay = times.OffDay,
        };
        var after = Prospect.DaysOnShift(shifts.Where(s => s.Id != shift.Id).Append(corrected), month.LastDay);
        // As many days more or less as the correction gives, on what the tally so far counts.
        var then = Tallier.Run(tally.Rules, month, tally.Facts with { DaysOnShift = tally.DaysOnShift + after - before }, tally.Entries);
        var first = times.OnDay < shift.OnDay ? times.OnDay : shift.OnDay;
        var (end, endAfter) = (shift.OffDay ?? context.Today, times.OffDay ?? context.Today);
        var last = end > endAfter ? end : endAfter;
        var cases = await context.Db.Cases.AsNoTracking()
            .Where(c => c.DriverId == shift.DriverId && CaseLife.Open.Contains(c.Status) && c.ConductOn >= first && c.ConductOn <= last)
            .OrderBy(c => c.Id).Select(c => c.Number).ToListAsync(stop);
        return new ShiftProspect(before, after, tally.Rules.ProbationDaysOnShift, tally.Stars, then.Stars, cases);
    }
}
