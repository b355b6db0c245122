using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

internal sealed record TeamView(string Code, string Name, int Cabs, string? Leader);

/// <param name="PassengerCode">What passengers find printed in the cab.</param>
internal sealed record CabView(string Code, string Plate, string Team, string? SignedOn, string PassengerCode);

internal sealed record DriverView(string Code, string Name, string HomeCab, string Team, string? SignedOnTo);

internal sealed record ShiftView(string Driver, string Cab, DateTimeOffset OnAt, DateTimeOffset? OffAt);

internal static class RosterFeature
{
    public static void MapRoster(this RouteGroupBuilder api)
    {
        MapTeams(api.MapGroup("").WithTags("Roster"));
        MapCabsAndDrivers(api.MapGroup("").WithTags("Roster"));
        MapShifts(api.MapGroup("/shifts").WithTags("Roster"));
    }

    private static void MapTeams(RouteGroupBuilder api)
    {
        api.MapGet("/teams", async (DispatchContext db, CancellationToken stop) =>
                await db.Teams.AsNoTracking().OrderBy(t => t.Code).Select(t => new TeamView(
                    t.Code, t.Name, db.Set<Cab>().Count(c => c.TeamId == t.Id),
                    db.Set<Leadership>().Where(l => l.TeamId == t.Id && l.RemovedOn == null).Select(l => l.Driver.Code).SingleOrDefault())).ToListAsync(stop))
            .WithSummary("Teams with their leaders").Reads(Permission.ReadRoster);
        api.MapPost("/teams", async (AddTeam command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AddTeam.HandleAsync(command with { Actor = actor }, context, stop))
                    .ToHttp(t => Results.Created($"/api/v1/teams/{t.Code}", new TeamView(t.Code, t.Name, 0, null))))
            .WithSummary("Add a team").Takes(Permission.EditRoster);
        api.MapPut("/teams/{code}/leader", async (string code, AppointLeader command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AppointLeader.HandleAsync(code, command with { Actor = actor }, context, stop)).ToHttp(_ => Results.NoContent()))
            .WithSummary("Appoint a member of the team its leader").Takes(Permission.AppointLeader);
        api.MapPost("/teams/{code}/leader/removal", async (string code, RemoveLeader command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await RemoveLeader.HandleAsync(code, command with { Actor = actor }, context, stop)).ToHttp(_ => Results.NoContent()))
            .WithSummary("Remove the team's leader").Takes(Permission.AppointLeader);
    }

    private static void MapCabsAndDrivers(RouteGroupBuilder api)
    {
        api.MapGet("/cabs", async (DispatchContext db, CancellationToken stop) =>
                await db.Cabs.AsNoTracking().OrderBy(c => c.Code).Select(c => new CabView(
                    c.Code, c.Plate, c.Team.Code,
                    db.Set<Shift>().Where(s => s.CabId == c.Id && s.OffAt == null).Select(s => s.Driver.Code).SingleOrDefault(), c.PassengerCode))
                    .ToListAsync(stop))
            .WithSummary("Cabs, and who is signed on").Reads(Permission.ReadRoster);
        api.MapPost("/cabs", async (AddCab command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AddCab.HandleAsync(command with { Actor = actor }, context, stop))
                    .ToHttp(c => Results.Created($"/api/v1/cabs/{c.Code}", new CabView(c.Code, c.Plate, command.Team, null, c.PassengerCode))))
            .WithSummary("Add a cab to a team of at most ten").Takes(Permission.EditRoster);
        api.MapGet("/drivers", async (DispatchContext db, CancellationToken stop) =>
                await db.Drivers.AsNoTracking().OrderBy(d => d.Code).Select(d => new DriverView(
                    d.Code, d.Name, d.HomeCab.Code, d.HomeCab.Team.Code,
                    db.Set<Shift>().Where(s => s.DriverId == d.Id && s.OffAt == null).Select(s => s.Cab.Code).SingleOrDefault())).ToListAsync(stop))
            .WithSummary("Drivers, and where they are signed on").Reads(Permission.ReadRoster);
        api.MapPost("/drivers", async (AddDriver command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AddDriver.HandleAsync(command with { Actor = actor }, context, stop))
                    .ToHttp(d => Results.Created($"/api/v1/drivers/{d.Code}", new { d.Code, d.Name, command.HomeCab })))
            .WithSummary("Add a driver with a home cab").Takes(Permission.EditRoster);
    }

    private static void MapShifts(RouteGroupBuilder shifts)
    {
        shifts.MapPost("/on", async (SignOn command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await SignOn.HandleAsync(command with { Actor = actor }, context, stop)).ToHttp(s => View(s, command.Driver, command.Cab)))
            .WithSummary("Sign a driver on to a cab").Takes(Permission.SignOn);
        shifts.MapPost("/off", async (SignOff command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await SignOff.HandleAsync(command with { Actor = actor }, context, stop)).ToHttp(s => View(s, command.Driver, s.Cab.Code)))
            .WithSummary("Sign a driver off").Takes(Permission.SignOff);
        shifts.MapPost("/move", async (MoveShift command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await MoveShift.HandleAsync(command with { Actor = actor }, context, stop)).ToHttp(s => View(s, command.Driver, command.Cab)))
            .WithSummary("Move a driver's shift to another cab").Takes(Permission.MoveShift);
        shifts.MapPost("/claim", async (ClaimCab command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await ClaimCab.HandleAsync(command with { Actor = actor }, context, stop)).ToHttp(s => View(s, command.Driver, command.Cab)))
            .WithSummary("Sign a driver on to a cab whose driver forgot to sign off").Takes(Permission.SignOn);
    }

    private static IResult View(Shift shift, string driver, string cab) => Results.Ok(new ShiftView(driver, cab, shift.OnAt, shift.OffAt));
}
