using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>
/// A driver takes a cab from the driver's page: signs on to it, or changes to it from the cab that the driver is signed on to. It chooses between
/// two operations, each of which runs under its own rule; it checks the right itself because finding a cab would tell a stranger which there are.
/// </summary>
/// <param name="Actor">The driver.</param>
/// <param name="Cab">As the driver has typed it, see <see cref="FindCab"/>.</param>
internal sealed record TakeCab(string Actor, string? Cab)
{
    public static async Task<Outcome<Cab>> HandleAsync(TakeCab command, OperationContext context, CancellationToken stop)
    {
        var allowed = await context.MayAsync(command.Actor, Permission.SignOn, command.Actor, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;
        var found = await FindCab.ByAsync(command.Cab, context, stop);
        if (found.Refusal is not null)
            return found.Refusal;

        var cab = found.Value;
        if (await context.Db.Shifts.AnyAsync(s => s.CabId == cab.Id && s.OffAt == null && s.Driver.Code == command.Actor, stop))
            return cab;
        var taken = await SignOn.HandleAsync(new(command.Actor, command.Actor, cab.Code), context, stop);
        if (taken.Refusal?.Code == "driver-signed-on")
        {
            context.Db.ChangeTracker.Clear();
            taken = await MoveShift.HandleAsync(new(command.Actor, command.Actor, cab.Code), context, stop);
        }

        return taken.Refusal is null ? cab : taken.Refusal;
    }
}
