using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <param name="Digest">What a signature names, so that it holds for these figures alone.</param>
internal sealed record CloseView(
    string Period, int Revision, CloseStatus Status, string Digest, long LedgerSequence, IReadOnlyDictionary<string, int> Rated,
    IReadOnlyList<string> SignedBy);

internal static class MonthCloseFeature
{
    public static void AddMonthClose(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<CloseSettings>(configuration, CloseSettings.Section, settings => settings.FindFault());
        services.AddSingleton(all => all.GetRequiredService<IOptions<CloseSettings>>().Value);
        services.AddSingleton<IClosedMonths, ClosedMonths>();
        services.AddSingleton<RatingChances>().AddSingleton<IFactListener>(all => all.GetRequiredService<RatingChances>());
        services.AddJob(CloseResumption.Job);
    }

    public static void MapMonthClose(this RouteGroupBuilder api)
    {
        var months = api.MapGroup("/months/{period}").WithTags("Months");
        months.MapPost("/preview", async (
                string period, PreviewMonth command, Acting actor, OperationContext context, CloseSettings settings, CancellationToken stop) =>
                await ViewAsync(await PreviewMonth.HandleAsync(period, command with { Actor = actor }, context, settings, stop), context.Db, stop))
            .WithSummary("Tally the month for people to look at").Produces<CloseView>().ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.PreviewMonth);
        months.MapPost("/signatures", async (string period, SignMonth command, Acting actor, OperationContext context, CancellationToken stop) =>
                await ViewAsync(await SignMonth.HandleAsync(period, command with { Actor = actor }, context, stop), context.Db, stop))
            .WithSummary("Sign the preview; an officer and a supervisor must").Produces<CloseView>().ProducesProblem(409).Takes(Permission.SignMonth);
        months.MapPost("/publication", async (string period, PublishMonth command, Acting actor, OperationContext context, CancellationToken stop) =>
                await ViewAsync(await PublishMonth.HandleAsync(period, command with { Actor = actor }, context, stop), context.Db, stop))
            .WithSummary("Publish the signed month to pages and windscreens").Produces<CloseView>().ProducesProblem(409)
            .Takes(Permission.PublishMonth);
        months.MapPost("/revisions", async (
                string period, ReviseMonth command, Acting actor, OperationContext context, CloseSettings settings, CancellationToken stop) =>
                await ViewAsync(await ReviseMonth.HandleAsync(period, command with { Actor = actor }, context, settings, stop), context.Db, stop))
            .WithSummary("Recompute a published month and those after it").Produces<CloseView>().ProducesProblem(404).Takes(Permission.ReviseMonth);
        api.MapGet("/drivers/{code}/months/{period}", async (string code, string period, int? revision, OperationContext context, CancellationToken stop) =>
                (await Explanation.OfAsync(code, period, revision, context, stop)).ToHttp(Results.Ok))
            .WithSummary("A driver's tally, explained line by line").WithTags("Months").Produces<TallyView>().ProducesProblem(404)
            .Reads(Permission.ReadFile, "code");
    }

    private static async Task<IResult> ViewAsync(Outcome<Close> outcome, DispatchContext db, CancellationToken stop)
    {
        if (outcome.Refusal is not null)
            return outcome.Refusal.ToProblem();

        var close = outcome.Value;
        return Results.Ok(new CloseView(
            close.Period, close.Revision, close.Status, close.Digest, close.LedgerSequence,
            await RatedCounts.OfAsync(close, db, stop), [.. close.Signatures.Select(s => s.Actor).Order()]));
    }
}
