using Microsoft.EntityFrameworkCore;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Demo.Pages;

/// <param name="From">Cab that was left; null if the driver was off duty.</param>
/// <param name="Displaced">Driver who was signed off to make room.</param>
internal sealed record ShiftMoved(string Driver, string? From, string To, string? Displaced);

/// <summary>What a visitor of the demo may do with shifts, in the name of one of its officers. Each call is a visit of its own.</summary>
internal sealed class DemoShifts(IServiceScopeFactory scopes)
{
    private static string Officer => DemoActors.Officers[0];

    /// <summary>Codes of the drivers who are signed on to no cab.</summary>
    public async Task<IReadOnlyList<string>> OffDutyAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        return await db.Drivers.AsNoTracking().Where(d => !db.Set<Shift>().Any(s => s.DriverId == d.Id && s.OffAt == null))
            .OrderBy(d => d.Code).Select(d => d.Code).ToListAsync(stop);
    }

    /// <summary>Moves a driver's shift to a cab, or begins it there; whoever is signed on to that cab is signed off first.</summary>
    public async Task<Outcome<ShiftMoved>> MoveAsync(string driver, string cab, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        var shifts = await context.Db.Shifts.AsNoTracking().Where(s => s.OffAt == null && (s.Driver.Code == driver || s.Cab.Code == cab))
            .Select(s => new { Driver = s.Driver.Code, Cab = s.Cab.Code }).ToListAsync(stop);
        if (shifts.Any(s => s.Driver == driver && s.Cab == cab))
            return Refusal.Conflict("in-that-cab", $"{driver} is signed on to {cab} already.");

        string? displaced = null;
        if (shifts.Find(s => s.Cab == cab) is { } occupied)
        {
            var off = await SignOff.HandleAsync(new(Officer, occupied.Driver), context, stop);
            if (off.Refusal is not null)
                return off.Refusal;
            displaced = occupied.Driver;
            context.Db.ChangeTracker.Clear();
        }

        var left = shifts.Find(s => s.Driver == driver)?.Cab;
        var begun = left is null
            ? await SignOn.HandleAsync(new(Officer, driver, cab), context, stop)
            : await MoveShift.HandleAsync(new(Officer, driver, cab), context, stop);
        return begun.Refusal is null ? new ShiftMoved(driver, left, cab, displaced) : begun.Refusal;
    }
}
