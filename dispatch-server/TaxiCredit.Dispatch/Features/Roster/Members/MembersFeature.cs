using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

internal static class MembersFeature
{
    public static void AddMembers(this IServiceCollection services) => services.AddJob(MembershipsDue.Job);

    public static void MapMemberships(this RouteGroupBuilder driver)
    {
        driver.MapGet("/memberships", async (string code, DispatchContext db, CancellationToken stop) =>
                await MembershipLine.OfAsync(code, db, stop) is { Count: > 0 } lines ? Results.Ok(lines) : RosterRules.NoDriver(code).ToProblem())
            .WithName("ListMemberships").WithSummary("Teams and home cabs of a driver with their days, the newest first")
            .Produces<List<MembershipLine>>().ProducesProblem(404).Reads(Permission.ReadRoster);
        driver.MapPost("/name", async (string code, RenameDriver command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await RenameDriver.HandleAsync(code, command with { Actor = actor }, context, stop)).ToHttp(Results.Ok))
            .WithName("RenameDriver").WithSummary("Put a driver's name right").Produces<NamedDriver>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).Takes(Permission.EditRoster);
        Describe(driver.MapPost("/team", async (
                    string code, MoveDriver command, Acting actor, OperationContext context, IClosedMonths months, CancellationToken stop) =>
                await ToHttpAsync(await MoveDriver.HandleAsync(code, command with { Actor = actor }, context, months, stop), context, stop)))
            .WithName("MoveDriver").WithSummary("Give a driver another home cab, and so its team, from a day on");
        Describe(driver.MapPost("/leaving", async (
                    string code, EndMembership command, Acting actor, OperationContext context, IClosedMonths months, CancellationToken stop) =>
                await ToHttpAsync(await EndMembership.HandleAsync(code, command with { Actor = actor }, context, months, stop), context, stop)))
            .WithName("EndMembership").WithSummary("Take a driver who leaves off the register, from a day on");
        Describe(driver.MapPost("/return", async (
                    string code, RenewMembership command, Acting actor, OperationContext context, IClosedMonths months, CancellationToken stop) =>
                await ToHttpAsync(await RenewMembership.HandleAsync(code, command with { Actor = actor }, context, months, stop), context, stop)))
            .WithName("RenewMembership").WithSummary("Take a driver who comes back onto the register, from a day on");
        Describe(driver.MapPost("/memberships/undoing", async (
                    string code, UndoMembership command, Acting actor, OperationContext context, CancellationToken stop) =>
                await ToHttpAsync(await UndoMembership.HandleAsync(code, command with { Actor = actor }, context, stop), context, stop)))
            .WithName("UndoMembership").WithSummary("Undo a driver's last change of team, if it is of today or lies ahead");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) =>
        route.Produces<MembershipLine>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.EditRoster);

    private static async Task<IResult> ToHttpAsync(Outcome<Membership> done, OperationContext context, CancellationToken stop)
    {
        if (done.Refusal is not null)
            return done.Refusal.ToProblem();
        var (id, named) = (done.Value.Id, context.Db.Memberships.AsNoTracking().Include(m => m.Team).Include(m => m.Cab));
        return Results.Ok(MembershipLine.Of(await named.SingleAsync(m => m.Id == id, stop)));
    }
}
