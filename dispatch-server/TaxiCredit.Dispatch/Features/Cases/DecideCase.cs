using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases;

internal enum Verdict { Upheld, Dismissed }

/// <summary>A person decides a case. Upheld, it books the points of the rulebook that was in force on the day of the conduct.</summary>
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
    private static readonly OperationRule Rule = new("decide-case", Permission.DecideCase);

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
        var report = await context.Db.Cases.Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == number, stop);
        if (report is null)
            return CaseQueue.Unknown(number);

        if ((report.Unless(command.Version) ?? await Duties.FindFaultAsync(report, command.Actor.Name, context, stop)) is { } notTheirs)
            return notTheirs;
        var found = Find(report, command, context.Rulebooks);
        if (found.Refusal is not null)
            return found.Refusal;
        if (command.Verdict == Verdict.Upheld && report.Status == CaseStatus.Submitted)
            report.Move(CaseSignal.PassHearing);
        if (report.Move(command.Verdict == Verdict.Upheld ? CaseSignal.Uphold : CaseSignal.Dismiss) is { } moved)
            return moved;

        report.Record(new CaseDecided(context.Today, command.Actor.Name, found.Value?.Id, command.Reason.Trim()));
        if (found.Value is { } conduct)
            report.BookedAs((await BookAsync(report, conduct, command, context, stop)).Sequence);
        return Done.With(report, report.Number, $"{command.Verdict} {found.Value?.Id}");
    }

    private static Task<LedgerRow> BookAsync(Case report, ConductCode conduct, DecideCase command, OperationContext context, CancellationToken stop) =>
        context.Db.AppendAsync(
            new NewEntry(
                report.DriverId, report.Driver.Code, EntryKind.Decision, conduct.Id, conduct.Points, conduct.MaxStars, report.ConductOn, context.Today,
                report.Number, null),
            new DecisionDetails(report.Kind, report.ConductHour, report.Place, command.Reason, command.Corroboration),
            stop);
}
