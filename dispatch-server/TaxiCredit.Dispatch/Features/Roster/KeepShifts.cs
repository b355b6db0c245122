using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A driver signs on to a cab; its windscreen shows the driver's stars within a second.</summary>
internal sealed record SignOn(string Actor, string Driver, string Cab)
{
    public static async Task<Outcome<Shift>> HandleAsync(SignOn command, OperationContext context, Reconciler windscreens, CancellationToken stop)
    {
        var sought = await ShiftRules.SeekAsync(command.Actor, Permission.SignOn, command.Driver, command.Cab, context, stop);
        if (sought.Refusal is not null)
            return sought.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        var (driver, cab) = sought.Value;
        if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is { } open)
            return Refusal.Conflict("driver-signed-on", $"{driver.Code} is signed on to {open.Cab.Code}; sign off first, or move the shift.");
        if (await ShiftRules.OccupiedAsync(cab, context.Db, stop) is { } occupied)
            return occupied;

        var shift = ShiftRules.Begin(driver, cab, context);
        context.Record(command.Actor, "sign-on", driver.Code, cab.Code);
        await write.SaveAsync(stop);
        windscreens.Nudge(cab.Id);
        return shift;
    }
}

/// <summary>A driver signs off; the windscreen goes dark as vacant.</summary>
internal sealed record SignOff(string Actor, string Driver)
{
    public static async Task<Outcome<Shift>> HandleAsync(SignOff command, OperationContext context, Reconciler windscreens, CancellationToken stop)
    {
        var sought = await ShiftRules.SeekAsync(command.Actor, Permission.SignOff, command.Driver, null, context, stop);
        if (sought.Refusal is not null)
            return sought.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        var driver = sought.Value.Driver;
        if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is not { } shift)
            return Refusal.Conflict("driver-not-signed-on", $"{driver.Code} is signed on to no cab.");

        ShiftRules.End(shift, context);
        context.Record(command.Actor, "sign-off", driver.Code, shift.Cab.Code);
        await write.SaveAsync(stop);
        windscreens.Nudge(shift.CabId);
        return shift;
    }
}

/// <summary>A driver changes cabs in one step: the old windscreen goes vacant before the new one lights.</summary>
internal sealed record MoveShift(string Actor, string Driver, string Cab)
{
    public static async Task<Outcome<Shift>> HandleAsync(MoveShift command, OperationContext context, Reconciler windscreens, CancellationToken stop)
    {
        var sought = await ShiftRules.SeekAsync(command.Actor, Permission.MoveShift, command.Driver, command.Cab, context, stop);
        if (sought.Refusal is not null)
            return sought.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        var (driver, cab) = sought.Value;
        if (await ShiftRules.OpenOfDriverAsync(driver.Id, context.Db, stop) is not { } before)
            return Refusal.Conflict("driver-not-signed-on", $"{driver.Code} is signed on to no cab; sign on instead.");
        if (await ShiftRules.OccupiedAsync(cab, context.Db, stop) is { } occupied)
            return occupied;

        ShiftRules.End(before, context);
        await context.Db.SaveChangesAsync(stop);
        var shift = ShiftRules.Begin(driver, cab, context);
        context.Record(command.Actor, "move-shift", driver.Code, $"{before.Cab.Code} to {cab.Code}");
        await write.SaveAsync(stop);
        windscreens.Nudge(before.CabId, cab.Id);
        return shift;
    }
}

internal static class ShiftRules
{
    public static async Task<Outcome<(Driver Driver, Cab Cab)>> SeekAsync(
        string actor, Permission permission, string driverCode, string? cabCode, OperationContext context, CancellationToken stop)
    {
        var allowed = await context.MayAsync(actor, permission, driverCode, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;
        if (await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == driverCode, stop) is not { } driver)
            return RosterRules.NoDriver(driverCode);

        var cab = cabCode is null ? null : await context.Db.Cabs.SingleOrDefaultAsync(c => c.Code == cabCode, stop);
        return cabCode is not null && cab is null ? RosterRules.NoCab(cabCode) : (driver, cab!);
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
