using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A case on which somebody can work today.</summary>
/// <param name="Deadline">Last day on which a decision is in time.</param>
/// <param name="Holder">Who has it; null for nobody.</param>
internal sealed record WorkLine(string Number, CaseKind Kind, CaseStatus Status, string Code, DateOnly ConductOn, DateOnly Deadline, string? Holder);

/// <summary>
/// What lies on the desk for one person: cases that wait for the bureau and not for the driver, without those of which this person keeps out. What they
/// have comes first, then what nobody has, then what others have, which is shown and left to them; within each the earliest deadline first. So the next
/// case is on a list that is cut short, too.
/// </summary>
/// <param name="Lines">All of them, at most <see cref="MaxLooked"/> of ordinary and as many of complex ones.</param>
internal sealed record DeskWork(string Person, IReadOnlyList<WorkLine> Lines)
{
    private const int MaxLooked = 500;

    public static async Task<DeskWork> OfAsync(string person, OperationContext context, CancellationToken stop)
    {
        var (days, today) = (CaseQueue.DeadlinesOf(context), context.Today);
        var (recusals, notices) = (context.Db.Set<Recusal>(), context.Db.Set<Hearing.HearingNotice>());
        var ready = context.Db.Cases.AsNoTracking().Where(c => CaseLife.Open.Contains(c.Status) && c.ConfirmedAt == null)
            .Where(c => c.Status == CaseStatus.Submitted || c.Status == CaseStatus.UnderReview
                || (c.Status == CaseStatus.AwaitingAnswer && notices.Any(n => n.CaseId == c.Id && n.AnswerBy < today)))
            .Where(c => c.SubmittedBy != person && c.Reporter != person && !recusals.Any(r => r.CaseId == c.Id && r.Actor == person))
            .OrderBy(c => c.SubmittedOn).ThenBy(c => c.Id);
        var found = await ready.Where(c => c.ComplexOn == null).Take(MaxLooked).ToListAsync(stop);
        found.AddRange(await ready.Where(c => c.ComplexOn != null).Take(MaxLooked).ToListAsync(stop));
        var holders = await CaseHolders.OfOpenAsync(context, stop);
        var byDeadline = found.OrderBy(c => c.Deadline(days)).ThenBy(c => c.Id)
            .Select(c => new WorkLine(c.Number, c.Kind, c.Status, c.Code, c.ConductOn, c.Deadline(days), holders.GetValueOrDefault(c.Number)));
        return new(person, [.. byDeadline.OrderBy(line => line.Holder == person ? 0 : line.Holder is null ? 1 : 2)]);
    }

    /// <summary>The next case for this person: of those they have, then of those that nobody has.</summary>
    /// <param name="after">Number of the case that they come from; null from the beginning.</param>
    /// <returns>Null where there is no other.</returns>
    public WorkLine? Next(string? after)
    {
        var theirs = Lines.Where(line => line.Holder is null || line.Holder == Person).ToList();
        var from = theirs.FindIndex(line => line.Number == after) + 1;
        return theirs.Skip(from).Concat(theirs.Take(from)).FirstOrDefault(line => line.Number != after);
    }
}
