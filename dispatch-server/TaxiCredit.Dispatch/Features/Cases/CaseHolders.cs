using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// Who has which case: whoever took it up last and has not given it back, unless they keep out of it since. The audit log says so, and nothing else does.
/// </summary>
internal static class CaseHolders
{
    /// <summary>Names by the numbers of open cases; a case that nobody has is not in it.</summary>
    public static async Task<Dictionary<string, string>> OfOpenAsync(OperationContext context, CancellationToken stop)
    {
        var (audit, recusals) = (context.Db.Set<AuditEntry>(), context.Db.Set<Recusal>());
        var steps = await (from report in context.Db.Set<Case>()
                           where CaseLife.Open.Contains(report.Status)
                           from line in audit
                           where line.Subject == report.Number && (line.Operation == TakeUpCase.Audited || line.Operation == GiveBackCase.Audited)
                           select new
                           {
                               report.Number,
                               line.Id,
                               line.Actor,
                               Has = line.Operation == TakeUpCase.Audited && !recusals.Any(r => r.CaseId == report.Id && r.Actor == line.Actor),
                           }).ToListAsync(stop);
        return steps.GroupBy(step => step.Number).Select(lines => lines.MaxBy(line => line.Id)!).Where(last => last.Has)
            .ToDictionary(last => last.Number, last => last.Actor);
    }

    /// <summary>Who has a case; null if nobody.</summary>
    public static Task<string?> OfAsync(string number, DispatchContext db, CancellationToken stop) =>
        db.Audit.Where(a => (a.Operation == TakeUpCase.Audited || a.Operation == GiveBackCase.Audited) && a.Subject == number)
            .OrderByDescending(a => a.Id).Take(1)
            .Where(a => a.Operation == TakeUpCase.Audited && !db.Set<Recusal>()
                .Any(r => r.Actor == a.Actor && db.Set<Case>().Where(c => c.Number == number).Select(c => c.Id).Contains(r.CaseId)))
            .Select(a => a.Actor).FirstOrDefaultAsync(stop);
}
