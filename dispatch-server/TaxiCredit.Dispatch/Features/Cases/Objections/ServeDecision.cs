using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>
/// The desk records that a driver has the document of a decision or a ruling: handed over, delivered by mail, or by a text message with the network's
/// receipt. The server never concludes it from a message that it sent. The first proof counts, and nothing replaces it.
/// </summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Means">Not <see cref="ServiceMeans.Page"/>, which the driver's own look alone proves.</param>
/// <param name="On">Day on which the driver had it.</param>
/// <param name="Proof">What shows it, 1 to 200 characters.</param>
internal sealed record ServeDecision(Acting Actor, ServiceMeans Means, DateOnly On, string Proof, ServedDocument Document = ServedDocument.Decision)
{
    private static readonly OperationRule Rule = new("serve-decision", Permission.DecideCase);
    private static readonly OperationRule ReadRule = new("open-decision", Permission.ObjectToDecision);

    public static Task<Outcome<DecisionService>> HandleAsync(string number, ServeDecision command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<DecisionService>(Rule, command.Actor, null, command.Check, async person =>
        {
            var report = await context.Db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, stop);
            if (report is null)
                return CaseQueue.Unknown(number);
            if (await MadeOnAsync(report.Id, command.Document, context, stop) is not { } made)
                return Refusal.Missing("document-none", $"Case {number} has no such document yet.");
            if (command.On < made || command.On > context.Today)
                return Refusal.Malformed("service-unfit", $"on is the day on which the driver had it: {made:yyyy-MM-dd}, when it was made, to today.");
            if (await context.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.CaseId == report.Id && s.Document == command.Document, stop) is { } before)
            {
                return before.Means == command.Means && before.On == command.On && before.Proof == command.Proof.Trim()
                    ? Done.Repeated(before)
                    : Refusal.Conflict("decision-served", $"The driver has it since {before.On:yyyy-MM-dd} ({before.Means}); the first proof counts.");
            }

            var service = await AddAsync(report.Id, command, person.Name, context, stop);
            return Done.With(service, number, $"{command.Document} {command.Means} {command.On:yyyy-MM-dd}");
        }, stop);

    /// <summary>The driver opens a document here, which proves that they have it. The second time changes nothing.</summary>
    /// <param name="driver">Public code of the driver, who has opened it.</param>
    public static async Task OpenAsync(long caseId, ServedDocument document, string driver, OperationContext context, CancellationToken stop)
    {
        if (await IsServedAsync())
            return;
        await context.RunAsync<long>(ReadRule, driver, driver, async person =>
        {
            if (await IsServedAsync())
                return Done.Repeated(caseId);
            var opened = new ServeDecision(driver, ServiceMeans.Page, context.Today, "", document);
            await AddAsync(caseId, opened, person.Name, context, stop);
            return Done.With(caseId, await context.Db.Cases.Where(c => c.Id == caseId).Select(c => c.Number).SingleAsync(stop), $"{document}");
        }, stop);

        Task<bool> IsServedAsync() => context.Db.Services.AnyAsync(s => s.CaseId == caseId && s.Document == document, stop);
    }

    private static async Task<DateOnly?> MadeOnAsync(long caseId, ServedDocument document, OperationContext context, CancellationToken stop) =>
        document == ServedDocument.Ruling
            ? await context.Db.Objections.Where(o => o.CaseId == caseId).Select(o => o.RuledOn).SingleOrDefaultAsync(stop)
            : await context.Db.Decisions.AnyAsync(d => d.CaseId == caseId, stop)
                ? await context.Db.Cases.Where(c => c.Id == caseId).Select(c => c.DecidedOn).SingleAsync(stop)
                : null;

    private static async Task<DecisionService> AddAsync(long caseId, ServeDecision served, string by, OperationContext context, CancellationToken stop)
    {
        // As many days as the document promises, whatever a rulebook says by now.
        DateOnly? objectBy = served.Document == ServedDocument.Ruling ? null : served.On.AddDays(DecisionContent.Read(
            await context.Db.Decisions.Where(d => d.CaseId == caseId).Select(d => d.Content).SingleAsync(stop)).ObjectionDays);
        var service = new DecisionService
        {
            CaseId = caseId,
            Document = served.Document,
            Means = served.Means,
            On = served.On,
            ObjectBy = objectBy,
            Proof = served.Proof.Trim(),
            By = by,
            At = context.Now,
        };
        context.Db.Add(service);
        return service;
    }

    private Refusal? Check() => Means == ServiceMeans.Page || string.IsNullOrWhiteSpace(Proof) || Proof.Length > DecisionService.LongestProof
        ? Refusal.Malformed(
            "service-unfit", $"means is paper, mail or sms; proof says in 1 to {DecisionService.LongestProof} characters what shows that the driver has it.")
        : null;
}
