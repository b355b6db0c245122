using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.Roster;

internal sealed record TeamView(string Code, string Name, int Cabs, string? Leader);

/// <param name="PassengerCode">What passengers find printed in the cab.</param>
internal sealed record CabView(string Code, string Plate, string Team, string? SignedOn, string PassengerCode);

/// <param name="Team">Today's; null for a driver who is off the register.</param>
internal sealed record DriverView(string Code, string Name, string HomeCab, string? Team, string? SignedOnTo);

internal sealed record ShiftView(string Driver, string Cab, DateTimeOffset OnAt, DateTimeOffset? OffAt);

/// <summary>A shift with the bureau's days, to be corrected by its id.</summary>
internal sealed record ShiftLine(long Id, string Driver, string Cab, DateTimeOffset OnAt, DateOnly OnDay, DateTimeOffset? OffAt, DateOnly? OffDay);

internal static class RosterFeature
{
    public static void MapRoster(this RouteGroupBuilder api)
    {
        MapTeams(api.MapGroup("").WithTags("Roster"));
        MapCabsAndDrivers(api.MapGroup("").WithTags("Roster"));
        MapShifts(api.MapGroup("/shifts").WithTags("Roster"));
        MapCorrections(api.MapGroup("").WithTags("Roster"));
        api.MapGroup("/drivers/{code}").WithTags("Roster").MapMemberships();
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
        api.MapPost("/cabs/{code}/plate", async (string code, ChangePlate command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await ChangePlate.HandleAsync(code, command with { Actor = actor }, context, stop)).ToHttp(Results.Ok))
            .WithName("ChangePlate").WithSummary("Give a cab another plate, or its plate another spelling").Produces<PlateLine>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.EditRoster);
        api.MapGet("/cabs/{code}/plates", async (string code, DispatchContext db, CancellationToken stop) =>
                await db.Cabs.AnyAsync(c => c.Code == code, stop)
                    ? Results.Ok(await PlateLine.OfAsync(code, db, stop))
                    : RosterRules.NoCab(code).ToProblem())
            .WithName("ListPlates").WithSummary("Changes of a cab's plate, the newest first").Produces<List<PlateLine>>().ProducesProblem(404)
            .Reads(Permission.ReadRoster);
        api.MapGet("/drivers", async (DispatchContext db, BureauTime bureau, CancellationToken stop) =>
            {
                var members = db.Set<Membership>().HoldingOn(bureau.Today);
                return await db.Drivers.AsNoTracking().OrderBy(d => d.Code).Select(d => new DriverView(
                    d.Code, d.Name, d.HomeCab.Code, members.Where(m => m.DriverId == d.Id).Select(m => m.Team.Code).FirstOrDefault(),
                    db.Set<Shift>().Where(s => s.DriverId == d.Id && s.OffAt == null).Select(s => s.Cab.Code).SingleOrDefault())).ToListAsync(stop);
            })
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

    private static void MapCorrections(RouteGroupBuilder api)
    {
        api.MapGet("/drivers/{code}/shifts", async (string code, HttpContext http, DispatchContext db, CancellationToken stop) =>
            {
                var shifts = await db.Shifts.AsNoTracking().Where(s => s.Driver.Code == code)
                    .OrderByDescending(s => s.OnAt).ThenByDescending(s => s.Id).Take(200)
                    .Select(s => new ShiftLine(s.Id, s.Driver.Code, s.Cab.Code, s.OnAt, s.OnDay, s.OffAt, s.OffDay)).ToListAsync(stop);
                if (shifts.Count == 0 && !await db.Drivers.AnyAsync(d => d.Code == code, stop))
                    return RosterRules.NoDriver(code).ToProblem();
                await http.LookAsync(code);
                return Results.Ok(shifts);
            })
            .WithSummary("A driver's newest shifts, at most 200").Produces<List<ShiftLine>>().ProducesProblem(404).Reads(Permission.ReadFile);
        api.MapPost("/shifts/{id:long}/correction", async (
                    long id, CorrectShift command, Acting actor, OperationContext context, IClosedMonths months, CancellationToken stop) =>
                (await CorrectShift.HandleAsync(id, command with { Actor = actor }, context, months, stop)).ToHttp(s => View(s, s.Driver.Code, s.Cab.Code)))
            .WithSummary("Correct when a driver signed on or off, until the month is published").ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.CorrectShift);
    }

    private static IResult View(Shift shift, string driver, string cab) => Results.Ok(new ShiftView(driver, cab, shift.OnAt, shift.OffAt));
}
