using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>The desk corrects when a driver signed on or off, with a reason. What lies in a published month stays as it was published.</summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="OnAt">When the driver signed on.</param>
/// <param name="Reason">How that is known, 1 to 500 characters; for the bureau alone.</param>
/// <param name="OffAt">When the driver signed off; null leaves an open shift open.</param>
internal sealed record CorrectShift(Acting Actor, DateTimeOffset OnAt, string Reason, DateTimeOffset? OffAt = null)
{
    private const int LongestReason = 500;

    private static readonly OperationRule Rule = new("correct-shift", Permission.CorrectShift);

    public static Task<Outcome<Shift>> HandleAsync(long id, CorrectShift command, OperationContext context, IClosedMonths months, CancellationToken stop) =>
        context.RunAsync<Shift>(Rule, command.Actor, null, command.Check, async _ =>
        {
            if (await context.Db.Shifts.Include(s => s.Driver).Include(s => s.Cab).SingleOrDefaultAsync(s => s.Id == id, stop) is not { } shift)
                return Unknown(id);
            var times = ShiftTimes.Of(shift, command.OnAt, command.OffAt, context);
            if (await times.FindFaultAsync(shift, context, months, stop) is { } refused)
                return refused;

            var (before, isOpen) = (ShiftTimes.Of(shift), shift.OffAt is null);
            (shift.OnAt, shift.OnDay, shift.OffAt, shift.OffDay) = (times.OnAt, times.OnDay, times.OffAt, times.OffDay);
            IReadOnlyList<IFact> facts = isOpen && times.OffAt is not null ? [new ShiftChanged(shift.CabId)] : [];
            return Done.With(shift, shift.Driver.Code, $"{shift.Cab.Code} {before.Told} to {times.Told}: {command.Reason.Trim()}", facts);
        }, stop);

    public static Refusal Unknown(long id) => Refusal.Missing("shift-unknown", $"There is no shift {id}; see GET /api/v1/drivers/{{code}}/shifts.");

    /// <summary>What can be refused before the shift is known.</summary>
    public Refusal? Check()
    {
        if (OnAt.Year < ShiftTimes.FirstYear || OffAt?.Year < ShiftTimes.FirstYear)
            return ShiftTimes.Unfit();
        return string.IsNullOrWhiteSpace(Reason) || Reason.Length > LongestReason
            ? Refusal.Malformed("shift-reason", $"Say in 1 to {LongestReason} characters how it is known.")
            : null;
    }
}

/// <summary>When a shift was, by the clock and by the bureau's days.</summary>
internal sealed record ShiftTimes(DateTimeOffset OnAt, DateOnly OnDay, DateTimeOffset? OffAt, DateOnly? OffDay)
{
    /// <summary>Nobody signed on before; days are reckoned from there without leaving the calendar.</summary>
    public const int FirstYear = 2000;

    public string Told => $"{OnAt:yyyy-MM-dd'T'HH:mm'Z'}..{OffAt:yyyy-MM-dd'T'HH:mm'Z'}";

    public static ShiftTimes Of(Shift shift) => new(shift.OnAt, shift.OnDay, shift.OffAt, shift.OffDay);

    /// <summary>Of a correction. The bureau's days move by as many as the city's do: a demo's are others.</summary>
    public static ShiftTimes Of(Shift shift, DateTimeOffset onAt, DateTimeOffset? offAt, OperationContext context)
    {
        var (off, offDay) = shift is { OffAt: { } at, OffDay: { } day } ? (at, day) : (context.Now, context.Today);
        return new(
            onAt, Moved(shift.OnDay, shift.OnAt, onAt), offAt, offAt is { } until ? Moved(offDay, off, until) : null);
    }

    /// <summary>Why these cannot be the times of that shift; null if they can.</summary>
    public async Task<Refusal?> FindFaultAsync(Shift shift, OperationContext context, IClosedMonths months, CancellationToken stop)
    {
        if (OffAt <= OnAt || OnAt > context.Now || OffAt > context.Now || OffAt is null && shift.OffAt is not null)
            return Unfit();
        var closed = await months.ThroughAsync(context.Db, stop);
        if (OnAt != shift.OnAt && Earlier(OnDay, shift.OnDay) <= closed || OffAt != shift.OffAt && Earlier(OffDay!.Value, shift.OffDay) <= closed)
            return Refusal.AgainstRule("shift-closed", $"Everything up to {closed:yyyy-MM-dd} is published with the shifts as they were.");

        var others = context.Db.Shifts.Where(s => s.Id != shift.Id && (s.DriverId == shift.DriverId || s.CabId == shift.CabId)
            && (s.OffAt == null || s.OffAt > OnAt));
        if (OffAt is { } until)
            others = others.Where(s => s.OnAt < until);
        return await others.AnyAsync(stop)
            ? Refusal.Conflict("shift-overlaps", "In that time the driver is signed on elsewhere, or somebody else to this cab; correct the other shift first.")
            : null;
    }

    public static Refusal Unfit() =>
        Refusal.Malformed("shift-times", "A shift ends after it began and not in the future; one that has ended is not opened again.");

    private static DateOnly Moved(DateOnly day, DateTimeOffset from, DateTimeOffset to) =>
        day.AddDays(BureauTime.DayOf(to).DayNumber - BureauTime.DayOf(from).DayNumber);

    private static DateOnly Earlier(DateOnly one, DateOnly? other) => other < one ? other.Value : one;
}
