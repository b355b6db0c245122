using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What waits on a driver's page: the number beside its link, on every page.</summary>
internal static class DriverNews
{
    /// <summary>Notices without an answer whose time runs, documents that the driver has not opened, decisions on repairs that they have not read.</summary>
    public static async Task<int> CountAsync(int driverId, DateOnly today, DispatchContext db, CancellationToken stop)
    {
        var (notices, answers, services) = (db.Set<HearingNotice>(), db.Set<DriverAnswer>(), db.Set<DecisionService>());
        var (decisions, rulings, repairs) = (db.Set<DecisionDocument>(), db.Set<RulingDocument>(), db.Set<Repair>());
        var own = db.Set<Case>().Where(c => c.DriverId == driverId);
        // One question: every page of a driver asks it.
        return await db.Set<Driver>().Where(d => d.Id == driverId).Select(_ =>
            own.Count(c => c.Status == CaseStatus.AwaitingAnswer && notices.Any(n => n.CaseId == c.Id && n.AnswerBy >= today)
                && !answers.Any(a => a.CaseId == c.Id))
            + own.Count(c => decisions.Any(d => d.CaseId == c.Id)
                && !services.Any(s => s.CaseId == c.Id && s.Document == ServedDocument.Decision))
            + own.Count(c => rulings.Any(r => r.CaseId == c.Id)
                && !services.Any(s => s.CaseId == c.Id && s.Document == ServedDocument.Ruling))
            + repairs.Count(r => r.DriverId == driverId && r.Outcome != null && r.ReadAt == null)).SingleAsync(stop);
    }
}
