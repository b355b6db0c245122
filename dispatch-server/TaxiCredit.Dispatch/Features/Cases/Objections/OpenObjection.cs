using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>An objection that waits for its ruling, for the desk.</summary>
internal sealed record OpenObjection(string Number, string Driver, DateOnly RuleBy, bool IsStayed)
{
    /// <summary>By the day by which it is to be ruled on.</summary>
    public static Task<List<OpenObjection>> AllAsync(OperationContext context, CancellationToken stop) =>
        (from objection in context.Db.Objections.AsNoTracking()
         where objection.Outcome == null
         join report in context.Db.Cases on objection.CaseId equals report.Id
         orderby objection.RuleBy, report.Id
         select new OpenObjection(report.Number, report.Driver.Code, objection.RuleBy, objection.StaySequence != null)).ToListAsync(stop);
}
