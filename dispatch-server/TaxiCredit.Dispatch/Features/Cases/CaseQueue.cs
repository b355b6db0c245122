using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A case in a line of the queue.</summary>
/// <param name="Deadline">Last day on which a decision is in time.</param>
/// <param name="Holder">Who has taken it up; null for nobody, and once it is decided.</param>
internal sealed record QueueLine(
    string Number, CaseKind Kind, CaseStatus Status, string Driver, string Code, DateOnly ConductOn, DateOnly SubmittedOn, DateOnly Deadline, bool IsComplex,
    string? Holder)
{
    public bool IsOpen => Status.IsOpen();
}

/// <summary>The requested cases.</summary>
/// <param name="Status">Null for every undecided case.</param>
/// <param name="Driver">Code of a driver; null or empty for everybody.</param>
/// <param name="Overdue">Only those whose deadline is over.</param>
/// <param name="Through">Only those that were reported up to the last day of this month; null for all.</param>
/// <param name="Holder">Only open cases that this person has; empty for those that nobody has, null for all.</param>
internal sealed record QueueFilter(
    CaseStatus? Status = null, CaseKind? Kind = null, string? Driver = null, bool Overdue = false, Month? Through = null, string? Holder = null);

/// <param name="Total">Cases of the filter, on all pages.</param>
internal sealed record QueuePage(IReadOnlyList<QueueLine> Lines, int Total);

/// <summary>The bureau's cases: undecided ones oldest first, decided ones newest first.</summary>
internal static class CaseQueue
{
    public const int PageSize = 25;

    /// <param name="page">1 and up.</param>
    public static async Task<QueuePage> PageAsync(QueueFilter filter, int page, OperationContext context, CancellationToken stop)
    {
        var days = DeadlinesOf(context);
        var holders = await CaseHolders.OfOpenAsync(context, stop);
        var cases = Matching(filter, context);
        if (filter.Holder is { } holder)
        {
            var taken = holders.Where(one => holder.Length == 0 || one.Value == holder).Select(one => one.Key).ToList();
            cases = cases.Where(c => CaseLife.Open.Contains(c.Status) && taken.Contains(c.Number) == (holder != ""));
        }

        var inOrder = filter.Status?.IsOpen() != false
            ? cases.OrderBy(c => c.SubmittedOn).ThenBy(c => c.Id)
            : cases.OrderByDescending(c => c.DecidedOn).ThenByDescending(c => c.Id);
        var rows = await inOrder.Skip((page - 1) * PageSize).Take(PageSize)
            .Select(c => new { Case = c, Driver = c.Driver.Code }).ToListAsync(stop);
        return new(
            rows.ConvertAll(r => new QueueLine(
                r.Case.Number, r.Case.Kind, r.Case.Status, r.Driver, r.Case.Code, r.Case.ConductOn, r.Case.SubmittedOn,
                r.Case.Deadline(days), r.Case.ComplexOn is not null, holders.GetValueOrDefault(r.Case.Number))),
            await cases.CountAsync(stop));
    }

    public static Task<int> CountAsync(QueueFilter filter, OperationContext context, CancellationToken stop) => Matching(filter, context).CountAsync(stop);

    /// <summary>Calendar days for a decision, by the rulebook in force at the bureau's date.</summary>
    public static Deadlines DeadlinesOf(OperationContext context) => context.Rulebooks.InForceOn(context.Today).Value.Deadlines;

    public static Refusal Unknown(string number) => Refusal.Missing("case-unknown", $"No case has the number '{number}'; see GET /api/v1/cases.");

    private static IQueryable<Case> Matching(QueueFilter filter, OperationContext context)
    {
        var cases = context.Db.Cases.AsNoTracking();
        cases = filter.Status is { } status
            ? cases.Where(c => c.Status == status)
            : cases.Where(c => CaseLife.Open.Contains(c.Status));
        if (filter.Kind is { } kind)
            cases = cases.Where(c => c.Kind == kind);
        if (!string.IsNullOrWhiteSpace(filter.Driver))
            cases = cases.Where(c => c.Driver.Code == filter.Driver.Trim());
        if (filter.Through is { LastDay: var last })
            cases = cases.Where(c => c.SubmittedOn <= last);
        if (!filter.Overdue)
            return cases;
        var days = DeadlinesOf(context);
        var (inTime, complexInTime) = (context.Today.AddDays(-days.CaseDays), context.Today.AddDays(-days.ComplexCaseDays));
        return cases.Where(c => c.SubmittedOn < (c.ComplexOn == null ? inTime : complexInTime));
    }
}
