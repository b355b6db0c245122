using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

/// <summary>Whoever confirmed a decision takes it back, within <see cref="FinishDecisions.Wait"/>. It was never booked, told or published.</summary>
internal sealed record TakeBackDecision(Acting Actor)
{
    private static readonly OperationRule Rule = new("take-back-decision", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, TakeBackDecision command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, async person =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);
            if (await context.Db.PendingDecisions.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == report.Id, stop) is not { } pending)
                return report.UnlessDecided() ?? Refusal.Conflict("no-decision-pending", $"No decision of case {number} waits to be taken.");
            if (pending.By != person.Name)
                return Refusal.AgainstRule("another-decided", $"'{pending.By}' confirmed the decision of case {number}; nobody else takes it back.");
            if (FinishDecisions.IsOver(pending.At, context.Now))
            {
                return Refusal.AgainstRule(
                    "take-back-over", $"The {FinishDecisions.Wait.TotalSeconds} seconds are over. The decision stands; a second person may reverse it.");
            }

            await DropAsync(report, context, stop);
            return Done.With(report, report.Number);
        }, stop);

    /// <summary>Drops a decision that waits, if one does: by taking it back, or because an answer came in that its decider has not read.</summary>
    public static async Task DropAsync(Case report, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.PendingDecisions.SingleOrDefaultAsync(d => d.CaseId == report.Id, stop) is not { } pending)
            return;
        context.Db.Remove(pending);
        report.Confirm(null);
    }
}
