using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What waits on a driver's page: the number beside its link, on every page.</summary>
internal static class DriverNews
{
    /// <summary>Notices without an answer whose time runs, documents that the driver has not opened, decisions on repairs that they have not read.</summary>
    public static async Task<int> CountAsync(int driverId, DateOnly today, DispatchContext db, CancellationToken stop)
    {
        var (notices, answers, services) = (db.Set<HearingNotice>(), db.Set<DriverAnswer>(), db.Set<DecisionService>());
        var (decisions, rulings) = (db.Set<DecisionDocument>(), db.Set<RulingDocument>());
        var own = db.Set<Case>().Where(c => c.DriverId == driverId);
        var unanswered = await own.CountAsync(
            c => c.Status == CaseStatus.AwaitingAnswer && notices.Any(n => n.CaseId == c.Id && n.AnswerBy >= today)
                && !answers.Any(a => a.CaseId == c.Id),
            stop);
        var unopened = await own.CountAsync(
            c => decisions.Any(d => d.CaseId == c.Id) && !services.Any(s => s.CaseId == c.Id && s.Document == ServedDocument.Decision), stop);
        var unruled = await own.CountAsync(
            c => rulings.Any(r => r.CaseId == c.Id) && !services.Any(s => s.CaseId == c.Id && s.Document == ServedDocument.Ruling), stop);
        return unanswered + unopened + unruled
            + await db.Set<Repair>().CountAsync(r => r.DriverId == driverId && r.Outcome != null && r.ReadAt == null, stop);
    }
}
