using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A case as the bureau sees it.</summary>
/// <param name="ComplexOn">Day on which it was declared complex, so that its decision may take longer.</param>
/// <param name="Authority">How the authority that decided an infringement names its decision, or what certifies a merit; neither is heard.</param>
/// <param name="MergedInto">Number of the case that is decided in its place.</param>
/// <param name="ConfirmedAt">When a decision was confirmed that can still be taken back; null if none was.</param>
/// <param name="Version">Changes with the case: what is done to it may name the version that was read.</param>
internal sealed record CaseView(
    string Number, CaseKind Kind, CaseStatus Status, string Driver, string Code, DateOnly ConductOn, int? ConductHour, string Place, string Account,
    string? Reporter, long? PropertyFen, DateOnly SubmittedOn, DateOnly? DecidedOn, string? DecidedBy, string? DecidedCode, string? Reason,
    long? LedgerSequence,
    DateOnly? ComplexOn, string? ComplexReason, string? Authority, string? MergedInto, DateTimeOffset? ConfirmedAt, Guid Version)
{
    public static CaseView Of(Case c, string driver) => new(
        c.Number, c.Kind, c.Status, driver, c.Code, c.ConductOn, c.ConductHour, c.Place, c.Account,
        c.Reporter, c.PropertyFen, c.SubmittedOn, c.DecidedOn, c.DecidedBy, c.DecidedCode, c.Reason, c.LedgerSequence,
        c.ComplexOn, c.ComplexReason, c.Authority, c.MergedInto, c.ConfirmedAt, c.Version);
}

/// <param name="Details">What the entry is about; null once it has been erased.</param>
internal sealed record LedgerView(
    long Sequence, string Driver, string Kind, string Code, decimal Points, int? MaxStars, DateOnly ConductOn, DateOnly DecidedOn, string Case,
    long? Reverses, string DetailsCommitment, string Hash, JsonElement? Details)
{
    public static LedgerView Of(LedgerRow e, string? details) => new(
        e.Sequence, e.Driver, JsonNamingPolicy.CamelCase.ConvertName(e.Kind.ToString()), e.Code, new Points(e.Points).ToDecimal(), e.MaxStars,
        e.ConductOn, e.DecidedOn, e.Case, e.Reverses, e.DetailsCommitment, e.Hash,
        details is null ? null : JsonSerializer.Deserialize<JsonElement>(details));
}

/// <summary>An answer to a notice, without the file that came with it.</summary>
internal sealed record AnswerView(int Round, Stance Stance, BeyondControl? Cause, string Text, bool HasFile, string? OnPaperBy, DateOnly On)
{
    public static AnswerView Of(DriverAnswer a) => new(a.Round, a.Stance, a.Cause, a.Text, a.File is not null, a.OnPaperBy, a.On);
}

internal static class CasesFeature
{
    private const int PageSize = 200;

    public static void AddCases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<HearingSettings>(configuration, HearingSettings.Section, settings => settings.FindFault());
        services.AddJob(ReleaseNotices.Job).AddJob(FinishDecisions.Job);
        services.AddObjections();
    }

    public static void MapCases(this RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("", ListAsync).WithSummary("Cases, oldest first, 200 a page")
            .WithDescription("`after` is the number of the last case of the page before.").Produces<List<CaseView>>().ProducesProblem(400)
            .Reads(Permission.ReadCases);
        cases.MapGet("/{number}", async (string number, HttpContext http, DispatchContext db, CancellationToken stop) =>
            {
                if (await db.Cases.AsNoTracking().Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == number, stop) is not { } found)
                    return CaseQueue.Unknown(number).ToProblem();
                await http.LookAsync(found.Driver.Code);
                return Results.Ok(CaseView.Of(found, found.Driver.Code));
            })
            .WithSummary("One case").Produces<CaseView>().Reads(Permission.ReadCases);
        cases.MapPost("", async (
                    RecordCase command, [FromHeader(Name = "Idempotency-Key")] string? key, Acting actor, OperationContext context,
                    CancellationToken stop) =>
                (await RecordCase.HandleAsync(command with { Actor = actor }, context, stop, key))
                    .ToHttp(c => Results.Created($"/api/v1/cases/{c.Number}", CaseView.Of(c, command.Driver))))
            .WithSummary("Record a case")
            .WithDescription(
                """
                With an Idempotency-Key, 1 to 64 visible characters, the same content sent again within 30 days answers with the same case.
                A token with the scope act-for may name the officer who recorded it elsewhere in the header Act-For; both names are on record.
                """)
            .Produces<CaseView>(StatusCodes.Status201Created).ProducesProblem(422)
            .Takes(Permission.RecordCase, Permission.Praise, Permission.ReportPeer);
        cases.MapPost("/{number}/review", async (string number, TakeUpCase command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await TakeUpCase.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Take a case up").Produces<CaseView>().ProducesProblem(409).Takes(Permission.DecideCase);
        cases.MapPost("/{number}/giving-back", async (
                    string number, GiveBackCase command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await GiveBackCase.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Give a case back that one has taken up").Produces<CaseView>().ProducesProblem(409).Takes(Permission.DecideCase);
        cases.MapPost("/{number}/complex", async (
                    string number, DeclareComplex command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await DeclareComplex.HandleAsync(number, command with { Actor = actor }, context, stop))
                    .ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Declare a case complex, so that its decision may take longer").Produces<CaseView>().ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.DecideCase);
        cases.MapPost("/{number}/recusal", async (string number, Acting actor, OperationContext context, CancellationToken stop) =>
                (await DeclareRecusal.HandleAsync(number, new(actor), context, stop)).ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Keep out of a case").Produces<CaseView>().ProducesProblem(409).Takes(Permission.DecideCase);
        cases.MapPost("/{number}/decision", async (string number, DecideCase command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await DecideCase.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Confirm the decision of a case; it is taken ten seconds later")
            .Produces<CaseView>().ProducesProblem(409).ProducesProblem(422).Takes(Permission.DecideCase);
        cases.MapPost("/{number}/withdrawal", async (string number, WithdrawCase command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await WithdrawCase.HandleAsync(number, command with { Actor = actor }, context, stop))
                    .ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("End a case whose report was taken back").Produces<CaseView>().ProducesProblem(409).Takes(Permission.DecideCase);
        cases.MapPost("/{number}/merging", async (string number, MergeCase command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await MergeCase.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("End a case in favour of another that tells of the same").Produces<CaseView>().ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.DecideCase);
        cases.MapPost("/{number}/reassignment", async (
                    string number, ReassignCase command, Acting actor, OperationContext context, ICaseCompanions companions, CancellationToken stop) =>
                (await ReassignCase.HandleAsync(number, command with { Actor = actor }, context, companions, stop))
                    .ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("End a case about the wrong driver, and go on about the one who drove")
            .WithDescription("`mergedInto` of the answer names the case that goes on.")
            .Produces<CaseView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.DecideCase);
        MapHearing(cases);
        api.MapObjections();
        api.MapRepairs();
        MapLedger(api.MapGroup("").WithTags("Ledger"));
    }

    private static void MapHearing(RouteGroupBuilder cases)
    {
        cases.MapPost("/{number}/triage", async (
                    string number, TriageCase command, Acting actor, OperationContext context, IOptions<HearingSettings> settings, CancellationToken stop) =>
                (await TriageCase.HandleAsync(number, command with { Actor = actor }, context, settings.Value, stop))
                    .ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Set what the driver will read, to be sent with the next release").Produces<CaseView>().ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.DecideCase);
        cases.MapPost("/{number}/answer", async (
                    string number, AnswerBody body, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AnswerNotice.HandleAsync(number, new(actor, body.Stance, body.Cause, body.Text, null, body.HandedInOn), context, null, stop))
                    .ToHttp(a => Results.Ok(AnswerView.Of(a))))
            .WithSummary("Answer a notice, or record an answer that came on paper")
            .WithDescription("Sent again with the same content, it is the same answer; other content amends it while the time runs.")
            .Produces<AnswerView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.AnswerNotice);
        cases.MapPost("/{number}/decision/taking-back", async (string number, Acting actor, OperationContext context, CancellationToken stop) =>
                (await TakeBackDecision.HandleAsync(number, new(actor), context, stop)).ToHttp(c => Results.Ok(CaseView.Of(c, c.Driver.Code))))
            .WithSummary("Take a decision back within ten seconds").Produces<CaseView>().ProducesProblem(409).ProducesProblem(422).Takes(Permission.DecideCase);
    }

    private static void MapLedger(RouteGroupBuilder api)
    {
        api.MapGet("/drivers/{code}/ledger", async (string code, HttpContext http, DispatchContext db, CancellationToken stop) =>
            {
                var named = db.Drivers.Where(d => d.Code == code).Select(d => d.Id);
                var rows = await (from entry in db.Ledger.AsNoTracking()
                                  where entry.DriverId == named.FirstOrDefault()
                                  join found in db.LedgerDetails on entry.Sequence equals found.Sequence into kept
                                  from details in kept.DefaultIfEmpty()
                                  orderby entry.Sequence
                                  select new { entry, Json = details == null ? null : details.Json }).ToListAsync(stop);
                if (rows.Count == 0 && !await db.Drivers.AnyAsync(d => d.Code == code, stop))
                    return RosterRules.NoDriver(code).ToProblem();
                await http.LookAsync(code);
                return Results.Ok(rows.ConvertAll(r => LedgerView.Of(r.entry, r.Json)));
            })
            .WithSummary("A driver's credit file, entry by entry").Produces<List<LedgerView>>().ProducesProblem(404).Reads(Permission.ReadFile);
        api.MapPost("/ledger/{sequence:long}/reversal", async (
                    long sequence, ReverseEntry command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await ReverseEntry.HandleAsync(sequence, command with { Actor = actor }, context, stop)).ToHttp(e => Results.Ok(LedgerView.Of(e, null))))
            .WithSummary("Reverse a booked decision").Produces<LedgerView>().ProducesProblem(409).Takes(Permission.ReverseEntry);
    }

    /// <param name="status">One of <see cref="CaseStatus"/>, as answers write it, in any case.</param>
    private static async Task<IResult> ListAsync(
        string? status, string? driver, string? after, HttpContext http, DispatchContext db, CancellationToken stop)
    {
        var asked = AskedStatus.Read<CaseStatus>(status);
        if (asked.Refusal is not null)
            return asked.Refusal.ToProblem();
        var cases = db.Cases.AsNoTracking();
        if (asked.Value is { } one)
            cases = cases.Where(c => c.Status == one);
        if (driver is not null)
            cases = cases.Where(c => c.Driver.Code == driver);
        if (after is not null)
            cases = cases.Where(c => c.Id > db.Set<Case>().Where(last => last.Number == after).Max(last => (long?)last.Id));
        var page = await cases.OrderBy(c => c.Id).Take(PageSize).Include(c => c.Driver).ToListAsync(stop);
        await http.LookAsync([.. page.Select(c => c.Driver.Code)]);
        return Results.Ok(page.ConvertAll(c => CaseView.Of(c, c.Driver.Code)));
    }
}
