using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases;

internal enum Verdict { Upheld, Dismissed }

/// <summary>
/// A person confirms the decision of a case; <see cref="FinishDecisions"/> takes it when it can no longer be taken back. Upheld, it books the points of the
/// rulebook that was in force on the day of the conduct.
/// </summary>
/// <param name="Actor">Officer or supervisor who decides.</param>
/// <param name="Verdict"><c>upheld</c> or <c>dismissed</c>.</param>
/// <param name="Reason">Why, 1 to 2,000 characters; the driver reads it.</param>
/// <param name="Code">Conduct that was found, where it differs from the one alleged.</param>
/// <param name="Points">What the decider expects to book, to be safe from a misread rulebook; refused if it differs from the rulebook.</param>
/// <param name="Corroboration">Peer reports: the evidence beside the report, without which it cannot be upheld.</param>
/// <param name="Version">Version of the case that the decider has read; refused if it has changed since.</param>
internal sealed record DecideCase(
    Acting Actor, Verdict Verdict, string Reason, string? Code = null, decimal? Points = null, string? Corroboration = null, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("confirm-decision", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, DecideCase command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, _ => DecideAsync(number, command, context, stop), stop);

    /// <summary>The conduct to book: none when the case is dismissed.</summary>
    public static Outcome<ConductCode?> Find(Case report, DecideCase command, InstalledRulebooks rulebooks)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 2000)
            return Refusal.Malformed("reason-length", "A decision gives its reason in 1 to 2,000 characters; the driver reads it.");
        if (command.Verdict == Verdict.Dismissed)
            return (ConductCode?)null;

        var conduct = ConductRules.Find(command.Code ?? report.Code, report.ConductOn, report.Kind, rulebooks);
        if (conduct.Refusal is not null)
            return conduct.Refusal;
        if (command.Points is { } expected && expected != conduct.Value.Points.ToDecimal())
        {
            return Refusal.AgainstRule(
                "points-outside-rulebook", $"{conduct.Value.Id} books {conduct.Value.Points} points, not {expected}; points come from the rulebook alone.");
        }

        if (report.Kind == CaseKind.PeerReport && string.IsNullOrWhiteSpace(command.Corroboration))
        {
            return Refusal.AgainstRule(
                "peer-report-alone", "A peer report alone never deducts; say in corroboration what else bears it out, or dismiss the case.");
        }

        return conduct.Value;
    }

    private static async Task<Outcome<Done<Case>>> DecideAsync(string number, DecideCase command, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.FindCaseAsync(number, stop) is not { } report)
            return CaseQueue.Unknown(number);

        if ((report.Unless(command.Version) ?? report.UnlessDecided() ?? report.UnlessConfirmed()
            ?? await Duties.FindFaultAsync(report, command.Actor.Name, context, stop)) is { } notTheirs)
            return notTheirs;
        var found = Find(report, command, context.Rulebooks);
        if (found.Refusal is not null)
            return found.Refusal;
        if (await FindUnheardAsync(report, command.Verdict, context, stop) is { } unheard)
            return unheard;

        context.Db.Add(new PendingDecision
        {
            CaseId = report.Id,
            Verdict = command.Verdict,
            Code = found.Value?.Id,
            Reason = command.Reason.Trim(),
            Corroboration = command.Corroboration,
            By = command.Actor.Name,
            At = context.Now,
        });
        report.Confirm(context.Now);
        return Done.With(report, report.Number, $"{command.Verdict} {found.Value?.Id}");
    }

    /// <summary>
    /// Why nobody may decide yet: the driver is to be heard first. Moves on what needs no hearing, and what nobody answered in its time: no answer is no
    /// guilt, and no obstacle.
    /// </summary>
    private static async Task<Refusal?> FindUnheardAsync(Case report, Verdict verdict, OperationContext context, CancellationToken stop)
    {
        if (!report.HasHearing && report.Status is (CaseStatus.Submitted or CaseStatus.Triaged))
            report.Move(CaseSignal.PassHearing);
        if (report.Status == CaseStatus.AwaitingAnswer
            && await context.Db.Notices.AnyAsync(n => n.CaseId == report.Id && n.AnswerBy < context.Today, stop))
        {
            report.Move(CaseSignal.Lapse);
        }

        return CaseLife.TryNext(report.Status, verdict == Verdict.Upheld ? CaseSignal.Uphold : CaseSignal.Dismiss, out _)
            ? null
            : Refusal.Conflict(
                "not-heard-yet",
                $"Case {report.Number} is {report.Status}: the driver is heard first. Decide when the answer is in or the time for it is over.");
    }
}
