using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <param name="Digest">What a signature names, so that it holds for these figures alone.</param>
internal sealed record CloseView(
    string Period, int Revision, CloseStatus Status, string Digest, long LedgerSequence, IReadOnlyDictionary<string, int> Rated,
    IReadOnlyList<string> SignedBy);

/// <param name="Period">Earliest month to revise; the later ones go along.</param>
/// <param name="Entries">Ledger entries that came after the close.</param>
/// <param name="Since">Bureau day of the first of them.</param>
/// <param name="WaitsUntil">The working day after it.</param>
internal sealed record RevisionDueView(
    string Period, DateOnly Since, DateOnly WaitsUntil, bool IsLate, IReadOnlyList<long> Entries, IReadOnlyList<RatingChange> Changes);

internal static class MonthCloseFeature
{
    public static void AddMonthClose(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<CloseSettings>(configuration, CloseSettings.Section, settings => settings.FindFault());
        services.AddSingleton(all => all.GetRequiredService<IOptions<CloseSettings>>().Value);
        services.AddSingleton<IClosedMonths, ClosedMonths>();
        services.AddSingleton<RevisionsDue>();
        services.AddSingleton<RatingChances>().AddSingleton<IFactListener>(all => all.GetRequiredService<RatingChances>());
        services.AddJob(CloseResumption.Job).AddJob(FirstPreview.Job);
    }

    public static void MapMonthClose(this RouteGroupBuilder api)
    {
        var months = api.MapGroup("/months/{period}").WithTags("Months");
        months.MapPost("/preview", async (
                string period, PreviewMonth command, Acting actor, HttpContext http, OperationContext context, CloseSettings settings,
                CancellationToken stop) =>
                await ViewAsync(await PreviewMonth.HandleAsync(period, command with { Actor = actor }, context, settings, stop), context.Db, http, stop))
            .WithSummary("Tally the month for people to look at").Produces<CloseView>().ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.PreviewMonth);
        months.MapPost("/signatures", async (
                    string period, SignMonth command, Acting actor, HttpContext http, OperationContext context, CancellationToken stop) =>
                await ViewAsync(await SignMonth.HandleAsync(period, command with { Actor = actor }, context, stop), context.Db, http, stop))
            .WithSummary("Sign the preview; an officer and a supervisor must").Produces<CloseView>().ProducesProblem(409).Takes(Permission.SignMonth);
        months.MapPost("/signatures/withdrawal", async (
                    string period, Acting actor, HttpContext http, OperationContext context, CancellationToken stop) =>
                await ViewAsync(await WithdrawSignature.HandleAsync(period, new(actor), context, stop), context.Db, http, stop))
            .WithSummary("Take your own signature back, until the month is published").Produces<CloseView>().ProducesProblem(409)
            .Takes(Permission.SignMonth);
        months.MapPost("/publication", async (
                    string period, PublishMonth command, Acting actor, HttpContext http, OperationContext context, CancellationToken stop) =>
                await ViewAsync(await PublishMonth.HandleAsync(period, command with { Actor = actor }, context, stop), context.Db, http, stop))
            .WithSummary("Publish the signed month to pages and windscreens").Produces<CloseView>().ProducesProblem(409)
            .Takes(Permission.PublishMonth);
        months.MapPost("/revisions", async (
                string period, ReviseMonth command, Acting actor, HttpContext http, OperationContext context, CloseSettings settings,
                CancellationToken stop) =>
                await ViewAsync(await ReviseMonth.HandleAsync(period, command with { Actor = actor }, context, settings, stop), context.Db, http, stop))
            .WithSummary("Recompute a published month and those after it").Produces<CloseView>().ProducesProblem(404).Takes(Permission.ReviseMonth);
        api.MapGet("/revisions-due", async (
                    RevisionsDue due, BureauCalendar calendar, HttpContext http, OperationContext context, CancellationToken stop) =>
            {
                if (await due.FindAsync(context, stop) is not { } found)
                    return Results.Ok(Array.Empty<RevisionDueView>());
                await http.LookAsync([.. found.Changes.Select(change => change.Driver)]);
                return Results.Ok(new[] { ViewOf(found, calendar, context.Today) });
            })
            .WithSummary("Published months that would come out differently by the ledger as it is now; at most one, which takes the later ones along")
            .WithTags("Months").Produces<List<RevisionDueView>>().ProducesProblem(403).Reads(Permission.ReadMonths);
        api.MapGet("/drivers/{code}/months/{period}", async (
                    string code, string period, int? revision, HttpContext http, OperationContext context, CancellationToken stop) =>
            {
                var told = await Explanation.OfAsync(code, period, revision, context, stop);
                // What differs is told with its figures.
                if (told.Refusal is null or { Status: StatusCodes.Status409Conflict })
                    await http.LookAsync(code);
                return told.ToHttp(Results.Ok);
            })
            .WithSummary("A driver's tally, explained line by line").WithTags("Months").Produces<TallyView>().ProducesProblem(404)
            .Reads(Permission.ReadFile, "code");
    }

    private static RevisionDueView ViewOf(RevisionDue due, BureauCalendar calendar, DateOnly today) => new(
        due.Period, due.Since, due.WaitsUntil(calendar), due.IsLate(calendar, today), due.Entries, due.Changes);

    private static async Task<IResult> ViewAsync(Outcome<Close> outcome, DispatchContext db, HttpContext http, CancellationToken stop)
    {
        if (outcome.Refusal is not null)
        {
            // An outdated preview is told driver by driver.
            if (outcome.Refusal.Facts?.GetValueOrDefault(PreviewChanges.Fact) is IReadOnlyList<RatingChange> changes)
                await http.LookAsync([.. changes.Select(change => change.Driver)]);
            return outcome.Refusal.ToProblem();
        }

        var close = outcome.Value;
        return Results.Ok(new CloseView(
            close.Period, close.Revision, close.Status, close.Digest, close.LedgerSequence,
            await RatedCounts.OfAsync(close, db, stop), [.. close.Signatures.Select(s => s.Actor).Order()]));
    }
}
