using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>Moves a unit, with its key, to a cab that has none. It shows at once what is due there.</summary>
/// <param name="Cab">Code of the cab that it comes to.</param>
internal sealed record MoveDisplay(Acting Actor, string? Cab)
{
    public string? Cab { get; init; } = Spelling.Code(Cab);

    public const string Because = "moved";

    private static readonly OperationRule Rule = new("move-display", Permission.ProvisionDisplay);

    public static Task<Outcome<UnitLine>> HandleAsync(string code, MoveDisplay command, OperationContext context, CancellationToken stop)
    {
        return context.RunAsync<UnitLine>(Rule, command.Actor, null, _ => MoveAsync(), stop);

        async Task<Outcome<Done<UnitLine>>> MoveAsync()
        {
            if (await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == code, stop) is not { } display)
                return DisplayRules.Unknown(code);
            if (display.Rest is not null)
                return DisplayRules.NotInCab(display);
            if (await context.Db.Cabs.AsNoTracking().SingleOrDefaultAsync(c => c.Code == command.Cab, stop) is not { } cab)
                return RosterRules.NoCab(command.Cab ?? "");
            if (await DisplayRules.CabTakenAsync(context.Db, cab, stop) is { } taken)
                return taken;
            var left = await context.Db.Cabs.AsNoTracking().SingleAsync(c => c.Id == display.CabId, stop);
            context.Db.PastPlacements.Add(PastPlacement.Of(display, context.Now, Because));
            display.Place(cab.Id, context.Now);
            await context.Db.SaveChangesAsync(stop);
            var line = await UnitLine.Query(context.Db, code).SingleAsync(stop);
            return Done.With(line, code, $"{left.Code} to {cab.Code}", new DisplayChanged(display));
        }
    }
}
