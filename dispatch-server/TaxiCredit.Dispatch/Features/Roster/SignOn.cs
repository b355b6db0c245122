using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>Who is signed on to these cabs has changed.</summary>
internal sealed record ShiftChanged(params IReadOnlyList<int> CabIds) : IFact;

/// <summary>A driver signs on to a cab; its windscreen shows the driver's stars within a second.</summary>
internal sealed record SignOn(Acting Actor, string Driver, string Cab)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    public string Cab { get; init; } = Spelling.Code(Cab);

    private static readonly OperationRule Rule = new("sign-on", Permission.SignOn);

    public static Task<Outcome<Shift>> HandleAsync(SignOn command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Shift>(Rule, command.Actor, command.Driver, async _ =>
        {
            var sought = await ShiftRules.SeekAsync(command.Driver, command.Cab, context, stop);
            if (sought.Refusal is not null)
                return sought.Refusal;

            var (driver, cab) = sought.Value;
            if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is { } open)
                return Refusal.Conflict("driver-signed-on", $"{driver.Code} is signed on to {open.Cab.Code}; sign off first, or move the shift.");
            if (await ShiftRules.OccupiedAsync(cab, context.Db, stop) is { } occupied)
                return occupied;

            return Done.With(ShiftRules.Begin(driver, cab, context), driver.Code, cab.Code, new ShiftChanged(cab.Id));
        }, stop);
}

/// <summary>A driver signs off; the windscreen goes dark as vacant.</summary>
internal sealed record SignOff(Acting Actor, string Driver)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("sign-off", Permission.SignOff);

    public static Task<Outcome<Shift>> HandleAsync(SignOff command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Shift>(Rule, command.Actor, command.Driver, async _ =>
        {
            var driver = await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == command.Driver, stop);
            if (driver is null)
                return RosterRules.NoDriver(command.Driver);
            if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is not { } shift)
                return Refusal.Conflict("driver-not-signed-on", $"{driver.Code} is signed on to no cab.");

            ShiftRules.End(shift, context);
            return Done.With(shift, driver.Code, shift.Cab.Code, new ShiftChanged(shift.CabId));
        }, stop);
}

/// <summary>A driver changes cabs in one step: the old windscreen goes vacant before the new one lights.</summary>
internal sealed record MoveShift(Acting Actor, string Driver, string Cab)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    public string Cab { get; init; } = Spelling.Code(Cab);

    private static readonly OperationRule Rule = new("move-shift", Permission.MoveShift);

    public static Task<Outcome<Shift>> HandleAsync(MoveShift command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Shift>(Rule, command.Actor, command.Driver, async _ =>
        {
            var sought = await ShiftRules.SeekAsync(command.Driver, command.Cab, context, stop);
            if (sought.Refusal is not null)
                return sought.Refusal;

            var (driver, cab) = sought.Value;
            if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is not { } before)
                return Refusal.Conflict("driver-not-signed-on", $"{driver.Code} is signed on to no cab; sign on instead.");
            if (await ShiftRules.OccupiedAsync(cab, context.Db, stop) is { } occupied)
                return occupied;

            ShiftRules.End(before, context);
            // The database keeps one open shift a driver: the old one must be over before the new one is there.
            await context.Db.SaveChangesAsync(stop);
            var shift = ShiftRules.Begin(driver, cab, context);
            return Done.With(shift, driver.Code, $"{before.Cab.Code} to {cab.Code}", new ShiftChanged(before.CabId, cab.Id));
        }, stop);
}

internal static class ShiftRules
{
    public static async Task<Outcome<(Driver Driver, Cab Cab)>> SeekAsync(
        string driverCode, string cabCode, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        if (await db.Drivers.SingleOrDefaultAsync(d => d.Code == driverCode, stop) is not { } driver)
            return RosterRules.NoDriver(driverCode);
        if (!await db.IsOnRegisterAsync(driver.Id, context.Today, stop))
            return RosterRules.Left(driverCode);

        return await db.Cabs.SingleOrDefaultAsync(c => c.Code == cabCode, stop) is { } cab ? (driver, cab) : RosterRules.NoCab(cabCode);
    }

    public static Task<Shift?> OpenOfDriverAsync(int driverId, DispatchContext db, CancellationToken stop) =>
        db.Shifts.Include(s => s.Cab).SingleOrDefaultAsync(s => s.DriverId == driverId && s.OffAt == null, stop);

    public static async Task<Refusal?> OccupiedAsync(Cab cab, DispatchContext db, CancellationToken stop)
    {
        var by = await db.Shifts.Where(s => s.CabId == cab.Id && s.OffAt == null).Select(s => s.Driver.Code).SingleOrDefaultAsync(stop);
        return by is null ? null : Refusal.Conflict("cab-occupied", $"{by} is signed on to {cab.Code}; a cab shows one driver's stars.");
    }

    public static Shift Begin(Driver driver, Cab cab, OperationContext context)
    {
        var shift = new Shift { DriverId = driver.Id, CabId = cab.Id, OnAt = context.Now, OnDay = context.Today };
        context.Db.Shifts.Add(shift);
        return shift;
    }

    public static void End(Shift shift, OperationContext context)
    {
        shift.OffAt = context.Now;
        shift.OffDay = context.Today;
    }
}
