using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// Takes a booked decision back by a second entry; the first stays, and both count nothing. Reversing that second entry puts the decision in force again. A
/// published month then wants a revision.
/// </summary>
/// <param name="Actor">Supervisor who reverses; never the one who decided.</param>
/// <param name="Reason">Why, 1 to 2,000 characters; the driver reads it.</param>
internal sealed record ReverseEntry(Acting Actor, string Reason)
{
    private static readonly OperationRule Rule = new("reverse-entry", Permission.ReverseEntry);

    public static Task<Outcome<LedgerRow>> HandleAsync(long sequence, ReverseEntry command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<LedgerRow>(Rule, command.Actor, null, command.Check, _ => ReverseAsync(sequence, command, context, stop), stop);

    private Refusal? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Length > 2000
        ? Refusal.Malformed("reason-length", "A reversal gives its reason in 1 to 2,000 characters; the driver reads it.")
        : null;

    private static async Task<Outcome<Done<LedgerRow>>> ReverseAsync(long sequence, ReverseEntry command, OperationContext context, CancellationToken stop)
    {
        var entry = await context.Db.Ledger.AsNoTracking().SingleOrDefaultAsync(e => e.Sequence == sequence, stop);
        if (entry is null)
            return Refusal.Missing("entry-unknown", $"The ledger has no entry {sequence}.");
        var booked = await context.Db.ReversedByAsync(entry, stop);
        if (booked.Kind != EntryKind.Decision)
            return Refusal.AgainstRule("entry-not-a-decision", $"Entry {sequence} is a {entry.Kind}; only a decision and its reversals are reversed.");
        if (await context.Db.Ledger.AnyAsync(e => e.Reverses == sequence, stop))
            return Refusal.Conflict("already-reversed", $"Entry {sequence} has been reversed before.");
        var decided = await context.Db.Cases.SingleOrDefaultAsync(c => c.LedgerSequence == booked.Sequence || c.RulingSequence == booked.Sequence, stop);
        if (decided is not null
            && (decided.CountsBy != booked.Sequence || decided.Status is CaseStatus.Objected or CaseStatus.Overturned or CaseStatus.Lapsed))
        {
            return Refusal.Conflict(
                "objection-decides", $"Entry {sequence} belongs to an objection in case {decided.Number}; its ruling alone says what counts.");
        }

        if (decided is not null && (await FindFaultAsync(decided, command.Actor.Name, context, stop)
            ?? decided.Move(await SignalOfAsync(decided, context, stop))) is { } notTheirs)
            return notTheirs;

        var row = await context.Db.AppendAsync(NewEntry.Reversing(entry, context.Today), new ReversalDetails(command.Reason), stop);
        return Done.With(row, entry.Case, $"entry {sequence} by {row.Sequence}");
    }

    private static async Task<CaseSignal> SignalOfAsync(Case decided, OperationContext context, CancellationToken stop)
    {
        if (decided.Status != CaseStatus.Reversed)
            return CaseSignal.Reverse;
        return await context.Db.IsRepairedAsync(decided.Id, stop) ? CaseSignal.ReinstateRepaired : CaseSignal.Reinstate;
    }

    private static async Task<Refusal?> FindFaultAsync(Case decided, string name, OperationContext context, CancellationToken stop) =>
        decided.DecidedBy == name || await context.Db.Objections.AnyAsync(o => o.CaseId == decided.Id && o.RuledBy == name, stop)
            ? Refusal.AgainstRule("decider-cannot-reverse", $"'{name}' decided the case; someone else rules on it.")
            : await Duties.FindFaultAsync(decided, name, context, stop);
}
