using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>Units as hardware: which there are, where each is, and what becomes of it.</summary>
internal static class UnitEndpoints
{
    private const int MaxUnits = 200;

    public static RouteGroupBuilder MapUnits(this RouteGroupBuilder displays)
    {
        displays.MapGet("/units", ListAsync).WithName("ListUnits").WithSummary("All units, those in no cab too, by their id")
            .WithDescription($"Up to {MaxUnits} after the id given as `after`; `rest` is cab, stock, revoked or scrapped; `program` a version of the firmware.")
            .Produces<IReadOnlyList<UnitLine>>().ProducesProblem(400).Reads(Permission.ReadDisplays);
        displays.MapGet("/units/{id}", GetAsync).WithName("GetUnit").WithSummary("One unit, and the cabs that it was in before")
            .Produces<UnitView>().ProducesProblem(404).Reads(Permission.ReadDisplays);
        displays.MapPost("/{id}/replace", ReplaceAsync).WithName("ReplaceDisplay").WithSummary("Put another unit into this one's place")
            .WithDescription("The old identity is dead at once. Returns the new unit's config.json with its root key, which is shown this once.")
            .Produces<UnitConfig>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .Takes(Permission.ProvisionDisplay);
        displays.MapPost("/{id}/take-out", TakeOutAsync).WithName("TakeOutDisplay").WithSummary("Return a unit to stock, revoke or scrap it")
            .WithDescription("Its identity is dead at once, also on a connection that is open. Its history stays.")
            .Produces<UnitLine>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).Takes(Permission.ProvisionDisplay);
        displays.MapPost("/{id}/move", MoveAsync).WithName("MoveDisplay").WithSummary("Move a unit, with its key, to a cab that has none")
            .Produces<UnitLine>().ProducesProblem(404).ProducesProblem(409).Takes(Permission.ProvisionDisplay);
        displays.MapPost("/{id}/keys/renew", RekeyAsync).WithName("RekeyDisplay").WithSummary("Give a unit another root key")
            .WithDescription("The old key is dead at once. Returns the unit's config.json; until the unit has it, the windscreen is unconfirmed.")
            .Produces<UnitConfig>().ProducesProblem(404).ProducesProblem(409).Takes(Permission.ProvisionDisplay);
        return displays;
    }

    private static async Task<IResult> ListAsync(DispatchContext db, CancellationToken stop, string? rest = null, string? program = null, string after = "")
    {
        if (rest is not (null or "cab") && DisplayRests.Find(rest) is null)
            return Refusal.Malformed("rest-unknown", $"'{rest}' is nowhere that a unit can be; there are cab, stock, revoked and scrapped.").ToProblem();
#pragma warning disable CA1309 // The database compares, by bytes; this is the form that is translated.
        var units = UnitLine.Find(db, null, rest, program).Where(d => string.Compare(d.Code, after) > 0);
#pragma warning restore CA1309
        return Results.Ok(await UnitLine.Query(units, db).Take(MaxUnits).ToListAsync(stop));
    }

    private static async Task<IResult> GetAsync(string id, DispatchContext db, CancellationToken stop) =>
        await UnitLine.Query(db, id).SingleOrDefaultAsync(stop) is { } unit
            ? Results.Ok(new UnitView(unit, await PlacementLine.Query(db, id).ToListAsync(stop)))
            : DisplayRules.Unknown(id).ToProblem();

    private static async Task<IResult> ReplaceAsync(
        string id, ReplaceDisplay command, Acting actor, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        (await ReplaceDisplay.HandleAsync(id, command with { Actor = actor }, context, displays, stop))
            .ToHttp(unit => Results.Created($"/api/v1/displays/{unit.Id}", unit));

    private static async Task<IResult> TakeOutAsync(string id, TakeOutDisplay command, Acting actor, OperationContext context, CancellationToken stop) =>
        (await TakeOutDisplay.HandleAsync(id, command with { Actor = actor }, context, stop)).ToHttp(Results.Ok);

    private static async Task<IResult> MoveAsync(string id, MoveDisplay command, Acting actor, OperationContext context, CancellationToken stop) =>
        (await MoveDisplay.HandleAsync(id, command with { Actor = actor }, context, stop)).ToHttp(Results.Ok);

    private static async Task<IResult> RekeyAsync(
        string id, RekeyDisplay command, Acting actor, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        (await RekeyDisplay.HandleAsync(id, command with { Actor = actor }, context, displays, stop)).ToHttp(Results.Ok);
}
