using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>A decision with what became of it, for the driver whom it is about.</summary>
/// <param name="Notice">Code of the notice before it; null without a hearing.</param>
/// <param name="ObjectBy">Last day for an objection; null until the driver has opened the decision.</param>
internal sealed record DecisionFile(
    long CaseId, string Number, CaseStatus Status, DecisionContent Content, string? Notice, DateOnly? ObjectBy, Objection? Objection, string? RulingNumber,
    RulingContent? Ruling)
{
    /// <summary>There is something to object to, and it is not too late.</summary>
    public bool MayObject(DateOnly today) =>
        Status == CaseStatus.Upheld && Objection is null && Content.Kind != CaseKind.Merit && (ObjectBy is not { } last || today <= last);

    /// <returns>Null where that driver has no such decision.</returns>
    public static async Task<DecisionFile?> FindAsync(string number, int driverId, DispatchContext db, CancellationToken stop)
    {
        if (!DecisionDocument.TryRead(number, out var year, out var serial))
            return null;
        var found = await (from document in db.Decisions.AsNoTracking()
                           where document.Year == year && document.Serial == serial
                           join report in db.Cases on document.CaseId equals report.Id
                           where report.DriverId == driverId
                           select new { document, report.Status }).SingleOrDefaultAsync(stop);
        if (found is null)
            return null;
        var id = found.document.CaseId;
        var ruling = await db.Rulings.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == id, stop);
        return new(
            id, found.document.Number, found.Status, DecisionContent.Read(found.document.Content),
            await db.Notices.Where(n => n.CaseId == id).Select(n => n.Code).SingleOrDefaultAsync(stop),
            await db.Services.Where(s => s.CaseId == id && s.Document == ServedDocument.Decision).Select(s => s.ObjectBy).SingleOrDefaultAsync(stop),
            await db.Objections.AsNoTracking().SingleOrDefaultAsync(o => o.CaseId == id, stop),
            ruling?.Number, ruling is null ? null : RulingContent.Read(ruling.Content));
    }

    /// <summary>Newest decisions about a driver, newest first.</summary>
    public static async Task<List<DecisionLine>> NewestOfAsync(int driverId, DispatchContext db, CancellationToken stop)
    {
        var newest = await (from document in db.Decisions.AsNoTracking()
                            join report in db.Cases on document.CaseId equals report.Id
                            where report.DriverId == driverId
                            orderby document.Year descending, document.Serial descending
                            select new
                            {
                                document.Year, document.Serial, document.Content, report.Status,
                                ObjectBy = db.Set<DecisionService>().Where(s => s.CaseId == report.Id && s.Document == ServedDocument.Decision)
                                    .Select(s => s.ObjectBy).FirstOrDefault(),
                                IsOpened = db.Set<DecisionService>().Any(s => s.CaseId == report.Id && s.Document == ServedDocument.Decision),
                                RuleBy = db.Set<Objection>().Where(o => o.CaseId == report.Id && o.Outcome == null)
                                    .Select(o => (DateOnly?)o.RuleBy).FirstOrDefault(),
                                IsRulingNew = db.Set<RulingDocument>().Any(r => r.CaseId == report.Id)
                                    && !db.Set<DecisionService>().Any(s => s.CaseId == report.Id && s.Document == ServedDocument.Ruling),
                            }).Take(MaxNewest).ToListAsync(stop);
        return newest.ConvertAll(n => new DecisionLine(
            DecisionDocument.NumberOf(n.Year, n.Serial), DecisionContent.Read(n.Content), n.Status, !n.IsOpened, n.IsRulingNew, n.ObjectBy, n.RuleBy));
    }

    private const int MaxNewest = 12;
}

/// <param name="IsNew">The driver has not opened it.</param>
/// <param name="IsRulingNew">There is a ruling that the driver has not opened.</param>
/// <param name="ObjectBy">Last day for an objection; null until it is opened.</param>
/// <param name="RuleBy">Last day for the ruling on an open objection; null without one.</param>
internal sealed record DecisionLine(
    string Number, DecisionContent Content, CaseStatus Status, bool IsNew, bool IsRulingNew, DateOnly? ObjectBy, DateOnly? RuleBy)
{
    public bool MayObject(DateOnly today) => Status == CaseStatus.Upheld && Content.Kind != CaseKind.Merit && ObjectBy is { } last && today <= last;
}
