using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <param name="Rule">Id in the rulebook.</param>
/// <param name="Points">That it would give back; null where it gives nothing, or where the driver names a decision first.</param>
/// <param name="Of">Number of the decision that it would be for.</param>
/// <param name="Why">Code of the refusal that asking would meet; null if it can be asked for.</param>
/// <param name="From">First day on which time no longer stands in its way.</param>
internal sealed record RepairOfferView(string Rule, string Zh, string En, decimal? Points, string? Of, string? Why, DateOnly? From)
{
    public static RepairOfferView Told(RepairOffer offer) =>
        new(offer.Rule.Id, offer.Rule.Zh, offer.Rule.En, offer.Points, offer.Of, offer.Why, offer.From);
}

/// <summary>A repair that was asked for.</summary>
/// <param name="Of">Number of the decision.</param>
/// <param name="Points">That were given back; null where none were.</param>
internal sealed record RepairView(
    string Number, string Driver, string Case, string Of, string Rule, string Proof, DateOnly On, string? OnPaperBy, RepairOutcome? Outcome,
    DateOnly? DecidedOn, string? DecidedBy, string? Reason, decimal? Points, long? LedgerSequence)
{
    public static RepairView From(AskedRepair asked) => new(
        asked.Repair.Number, asked.Driver, asked.Case, asked.Of, asked.Repair.Rule, asked.Repair.Proof, asked.Repair.On, asked.Repair.OnPaperBy,
        asked.Repair.Outcome, asked.Repair.DecidedOn, asked.Repair.DecidedBy, asked.Repair.Reason, asked.Points, asked.Repair.LedgerSequence);
}

/// <param name="Asked">Newest first.</param>
internal sealed record RepairsView(IReadOnlyList<RepairOfferView> Offers, IReadOnlyList<RepairView> Asked);

internal static class RepairsFeature
{
    public static void MapRepairs(this RouteGroupBuilder api)
    {
        var own = api.MapGroup("/drivers/{code}/repairs").WithTags("Repairs");
        own.MapGet("", async (string code, HttpContext http, OperationContext context, CancellationToken stop) =>
            {
                if (await context.Db.Drivers.Where(d => d.Code == code).Select(d => (int?)d.Id).SingleOrDefaultAsync(stop) is not { } id)
                    return RosterRules.NoDriver(code).ToProblem();
                await http.LookAsync(code);
                var file = await RepairFile.OfAsync(id, context, stop);
                return Results.Ok(new RepairsView([.. file.Offers.Select(RepairOfferView.Told)], [.. file.Asked.Select(RepairView.From)]));
            })
            .WithSummary("What repairs the rulebook offers a driver today, and what was asked for").Produces<RepairsView>().ProducesProblem(404)
            .Reads(Permission.ReadFile);
        own.MapPost("", async (string code, RepairBody body, Acting actor, OperationContext context, CancellationToken stop) =>
            {
                var asked = await AskRepair.HandleAsync(code, new(actor, body.Rule, body.Proof, body.Of, body.HandedInOn), context, stop);
                return await AnswerAsync(asked, context, stop);
            })
            .WithSummary("Ask for a repair, or record one that was asked for on paper")
            .WithDescription("While it is open, the same content again is the same repair; other content by the same rule is refused.")
            .Produces<RepairView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.AskRepair);

        var desk = api.MapGroup("/repairs").WithTags("Repairs");
        desk.MapGet("", async (HttpContext http, OperationContext context, CancellationToken stop) =>
            {
                var open = await RepairFile.OpenAsync(context, stop);
                await http.LookAsync([.. open.Select(asked => asked.Driver)]);
                return Results.Ok(open.ConvertAll(RepairView.From));
            })
            .WithSummary("Repairs that wait for a decision, oldest first").Produces<List<RepairView>>().Reads(Permission.ReadCases);
        desk.MapPost("/{number}/decision", async (string number, DecideRepair command, Acting actor, OperationContext context, CancellationToken stop) =>
                await AnswerAsync(await DecideRepair.HandleAsync(number, command with { Actor = actor }, context, stop), context, stop))
            .WithSummary("Grant or refuse a repair").Produces<RepairView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.DecideRepair);
    }

    private static async Task<IResult> AnswerAsync(Outcome<Repair> done, OperationContext context, CancellationToken stop)
    {
        if (done.Refusal is not null)
            return done.Refusal.ToProblem();
        var id = done.Value.Id;
        return Results.Ok(RepairView.From((await RepairFile.AskedAsync(context.Db.Repairs.Where(r => r.Id == id), context, stop)).Single()));
    }
}
