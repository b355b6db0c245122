using Microsoft.AspNetCore.Mvc;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>Things that stay in cabs: passengers ask, drivers answer and keep, the owner proves by code, an officer sees to the merit.</summary>
internal static class LostFeature
{
    public static void AddLostProperty(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<LostSettings>(configuration, LostSettings.Section, settings => settings.FindFault());
        services.AddSingleton<LostDesk>();
        services.AddJob(EraseLossContacts.Job);
    }

    public static void MapLostProperty(this RouteGroupBuilder api)
    {
        MapLosses(api.MapGroup("/losses").WithTags("Lost property"));
        MapFound(api.MapGroup("/found").WithTags("Lost property"));
    }

    private static void MapLosses(RouteGroupBuilder losses)
    {
        losses.MapGet("", async (string? status, string? after, OperationContext context, LostDesk tools, CancellationToken stop) =>
                AskedStatus.Read<LossStatus>(status) is var asked && asked.Refusal is { } unfit
                    ? unfit.ToProblem()
                    : Results.Ok((await LostQueue.LossesAsync(asked.Value, Loss.IdOf(after ?? "") ?? 0, context, tools, stop)).ConvertAll(LossView.Of)))
            .WithSummary("What passengers miss, oldest first, 50 a page; without `status` what waits")
            .WithDescription("`after` is the number of the last loss of the page before.").Produces<List<LossView>>().ProducesProblem(400)
            .Reads(Permission.ReadReports);
        losses.MapGet("/counts", async (OperationContext context, CancellationToken stop) => await LostQueue.CountsAsync(context, stop))
            .WithSummary("How many things of each kind were missed, found, returned and passed on within 365 days").Reads(Permission.ReadReports);
        losses.MapPost("/{number}/answer", async (string number, AnswerLoss command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AnswerLoss.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(q => Results.Ok(LossAnswerView.Of(q))))
            .WithSummary("Say, as a driver who was asked, whether it was found").Produces<LossAnswerView>().ProducesProblem(404).ProducesProblem(409)
            .Takes(Permission.KeepFound);
        losses.MapPost("/{number}/release", async (
                    string number, ReleaseLoss command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                await DoneAsync(await ReleaseLoss.HandleAsync(number, command with { Actor = actor }, context, stop), context, tools, stop))
            .WithSummary("Let the drivers be asked about a loss that was held back").Produces<LossView>().ProducesProblem(409).Takes(Permission.ReviewReports);
        losses.MapPost("/{number}/closing", async (
                    string number, CloseLoss command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                await DoneAsync(await CloseLoss.HandleAsync(number, command with { Actor = actor }, context, stop), context, tools, stop))
            .WithSummary("End the search").Produces<LossView>().ProducesProblem(409).Takes(Permission.ReviewReports);
        losses.MapPost("/{number}/contact", async (
                    string number, ReadLossContact command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                (await ReadLossContact.HandleAsync(number, command with { Actor = actor }, context, tools, stop))
                    .ToHttp(contact => Results.Ok(new { contact })))
            .WithSummary("Read how to reach who misses something; the audit log says who read it").ProducesProblem(404).Takes(Permission.ReadContact);
    }

    private static void MapFound(RouteGroupBuilder found)
    {
        found.MapGet("", async (string? status, string? after, HttpContext http, OperationContext context, LostDesk tools, CancellationToken stop) =>
            {
                var asked = AskedStatus.Read<FoundStatus>(status);
                if (asked.Refusal is not null)
                    return asked.Refusal.ToProblem();
                var page = await LostQueue.FoundAsync(asked.Value, FoundItem.IdOf(after ?? "") ?? 0, context.Db, stop);
                await http.LookAsync([.. page.Select(f => f.Driver.Code).Distinct()]);
                return Results.Ok(page.ConvertAll(f => FoundView.Of(f, tools)));
            })
            .WithSummary("What drivers found, oldest first, 50 a page; without `status` what waits")
            .WithDescription("`after` is the number of the last one of the page before.").Produces<List<FoundView>>().ProducesProblem(400)
            .Reads(Permission.ReadReports);
        found.MapPost("", async (
                    RegisterFound command, [FromHeader(Name = "Idempotency-Key")] string? key, Acting actor, OperationContext context, LostDesk tools,
                    CancellationToken stop) =>
                (await RegisterFound.HandleAsync(command with { Actor = actor }, context, stop, key))
                    .ToHttp(f => Results.Created($"/api/v1/found/{f.Number}", FoundView.Of(f, tools))))
            .WithSummary("Register a thing that was found").Produces<FoundView>(StatusCodes.Status201Created).ProducesProblem(422).Takes(Permission.KeepFound);
        found.MapPost("/{number}/match", async (
                    string number, MatchFound command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                (await MatchFound.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(f => Results.Ok(FoundView.Of(f, tools))))
            .WithSummary("Join a found thing with a loss").Produces<FoundView>().ProducesProblem(404).ProducesProblem(409).Takes(Permission.ReviewReports);
        found.MapPost("/{number}/unmatch", async (
                    string number, UnmatchFound command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                (await UnmatchFound.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(f => Results.Ok(FoundView.Of(f, tools))))
            .WithSummary("Part a found thing from a loss").Produces<FoundView>().ProducesProblem(409).Takes(Permission.ReviewReports);
        found.MapPost("/{number}/handing-over", async (
                    string number, HandOver command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                (await HandOver.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(f => Results.Ok(FoundView.Of(f, tools))))
            .WithSummary("Hand a thing over against the owner's code").Produces<FoundView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.KeepFound);
        found.MapPost("/{number}/passing-on", async (
                    string number, PassOnFound command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                (await PassOnFound.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(f => Results.Ok(FoundView.Of(f, tools))))
            .WithSummary("Say who has it now that nobody claims it").Produces<FoundView>().ProducesProblem(409).Takes(Permission.ReviewReports);
        found.MapPost("/{number}/merit", async (
                    string number, RewardFinder command, Acting actor, OperationContext context, LostDesk tools, CancellationToken stop) =>
                (await RewardFinder.HandleAsync(number, command with { Actor = actor }, context, tools, stop))
                    .ToHttp(f => Results.Ok(FoundView.Of(f, tools))))
            .WithSummary("Record the merit of a return, once the owner is verified and not close to the driver").Produces<FoundView>().ProducesProblem(409)
            .ProducesProblem(422).Takes(Permission.ReviewReports);
    }

    private static async Task<IResult> DoneAsync(Outcome<Loss> done, OperationContext context, LostDesk tools, CancellationToken stop) =>
        done.Refusal?.ToProblem() ?? Results.Ok(LossView.Of(await LostQueue.LineAsync(done.Value, context, tools, stop)));
}
