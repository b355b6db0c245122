using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>An objection, without the file that came with it.</summary>
/// <param name="IsStayed">The points count nothing until the ruling.</param>
/// <param name="RuleBy">Last day for the ruling.</param>
internal sealed record ObjectionView(
    DateOnly On, string Statement, bool HasFile, string? OnPaperBy, bool IsStayed, DateOnly RuleBy, Ruling? Outcome, DateOnly? RuledOn, string? RuledBy,
    string? Reason, string? Code)
{
    public static ObjectionView Of(Objection o) => new(
        o.On, o.Statement, o.File is not null, o.OnPaperBy, o.IsStayed, o.RuleBy, o.Outcome, o.RuledOn, o.RuledBy, o.Reason, o.Code);
}

/// <summary>That a driver has a document.</summary>
/// <param name="ObjectBy">Last day for an objection; null for a ruling.</param>
internal sealed record ServiceView(ServedDocument Document, ServiceMeans Means, DateOnly On, DateOnly? ObjectBy, string Proof, string By)
{
    public static ServiceView Of(DecisionService s) => new(s.Document, s.Means, s.On, s.ObjectBy, s.Proof, s.By);
}

internal static class ObjectionsFeature
{
    public static void AddObjections(this IServiceCollection services) => services.AddJob(LapseObjections.Job);

    public static void MapObjections(this RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases/{number}").WithTags("Objections");
        cases.MapGet("/objection", async (string number, HttpContext http, DispatchContext db, CancellationToken stop) =>
            {
                var found = await (from objection in db.Objections.AsNoTracking()
                                   join report in db.Cases on objection.CaseId equals report.Id
                                   where report.Number == number
                                   select new { objection, report.Driver.Code }).SingleOrDefaultAsync(stop);
                if (found is null)
                    return Refusal.Missing("objection-none", $"Nobody has objected in case {number}.").ToProblem();
                await http.LookAsync(found.Code);
                return Results.Ok(ObjectionView.Of(found.objection));
            })
            .WithSummary("The objection in a case").Produces<ObjectionView>().ProducesProblem(404).Reads(Permission.ReadCases);
        cases.MapPost("/service", async (string number, ServeDecision command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await ServeDecision.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(s => Results.Ok(ServiceView.Of(s))))
            .WithSummary("Record that the driver has the decision, or the ruling")
            .WithDescription("The first proof counts: sent again with the same content it is the same, other content is refused.")
            .Produces<ServiceView>().ProducesProblem(404).ProducesProblem(409).Takes(Permission.DecideCase);
        cases.MapPost("/objection", async (
                    string number, ObjectionBody body, Acting actor, OperationContext context, BureauCalendar calendar, CancellationToken stop) =>
                (await ObjectToDecision.HandleAsync(number, new(actor, body.Statement, null, body.HandedInOn), context, calendar, null, stop))
                    .ToHttp(o => Results.Ok(ObjectionView.Of(o))))
            .WithSummary("Object to a decision, or record an objection that came on paper")
            .WithDescription("`number` is that of the case or of the decision. Sent again with the same content, it is the same objection.")
            .Produces<ObjectionView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.ObjectToDecision);
        cases.MapPost("/objection/ruling", async (
                    string number, RuleOnObjection command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await RuleOnObjection.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(o => Results.Ok(ObjectionView.Of(o))))
            .WithSummary("Rule on an objection, by somebody who neither recorded nor decided the case")
            .Produces<ObjectionView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.RuleOnObjection);
    }
}
