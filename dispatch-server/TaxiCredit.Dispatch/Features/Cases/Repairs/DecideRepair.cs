using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <summary>
/// A person decides on a repair. Granted, an entry gives back what the rule and the ledger allow on this day; it counts from the month that runs, and no
/// published month changes.
/// </summary>
/// <param name="Actor">Officer or supervisor, not the one who recorded a paper.</param>
/// <param name="Outcome"><c>granted</c> or <c>refused</c>.</param>
/// <param name="Reason">Why, 1 to 2,000 characters; the driver reads it.</param>
/// <param name="Points">What the decider expects to give back; refused if the ledger gives something else by now.</param>
internal sealed record DecideRepair(Acting Actor, RepairOutcome Outcome, string Reason, decimal? Points = null)
{
    private static readonly OperationRule Rule = new("decide-repair", Permission.DecideRepair);

    public static Task<Outcome<Repair>> HandleAsync(string number, DecideRepair command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Repair>(Rule, command.Actor, null, command.Check, person => command.DecideAsync(number, person, context, stop), stop);

    private async Task<Outcome<Done<Repair>>> DecideAsync(string number, Person person, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        if (!Repair.TryRead(number, out var id) || await db.Repairs.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } repair)
            return Refusal.Missing("repair-unknown", $"Nobody has asked for a repair '{number}'.");
        if (repair.Outcome is { } before)
        {
            return before == Outcome && repair.DecidedBy == person.Name && repair.Reason == Reason.Trim()
                ? Done.Repeated(repair)
                : Refusal.Conflict("repair-decided", $"{number} was decided on {repair.DecidedOn:yyyy-MM-dd}: {before}.");
        }

        var report = await db.Cases.Include(c => c.Driver).SingleAsync(c => c.Id == repair.CaseId, stop);
        if (repair.OnPaperBy == person.Name)
            return Refusal.AgainstRule("recorder-cannot-decide", $"'{person.Name}' recorded {number}; somebody else decides it.");
        if (await Duties.FindRecusalAsync(report, person.Name, context, stop) is { } notTheirs)
            return notTheirs;
        if (Outcome == RepairOutcome.Refused)
        {
            repair.Decide(Outcome, context.Today, person.Name, Reason.Trim(), null);
            return Done.With(repair, report.Number, $"{number} {Outcome}");
        }

        var terms = await RepairTerms.OfAsync(repair, context, stop);
        if (terms.Refusal is not null)
            return terms.Refusal;
        if (Points is { } expected && expected != terms.Value.Points.ToDecimal())
            return Refusal.Conflict("repair-changed", $"{number} would give back {terms.Value.Points} points by now, not {expected}; look at it again.");
        if (report.Move(CaseSignal.Repair) is { } refused)
            return refused;
        var booked = await db.AppendAsync(
            new NewEntry(
                repair.DriverId, report.Driver.Code, EntryKind.Repair, repair.Rule, terms.Value.Points, null, repair.On, context.Today, report.Number, null),
            new RepairDetails(number, repair.Proof, Reason.Trim()), stop);
        repair.Decide(Outcome, context.Today, person.Name, Reason.Trim(), booked.Sequence);
        return Done.With(repair, report.Number, $"{number} {Outcome} entry {booked.Sequence}");
    }

    private Refusal? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Length > 2000
        ? Refusal.Malformed("reason-length", "A decision gives its reason in 1 to 2,000 characters; the driver reads it.")
        : null;
}

/// <summary>What the ledger keeps beside the entry of a repair.</summary>
/// <param name="Repair">Its number.</param>
internal sealed record RepairDetails(string Repair, string Proof, string Reason);
