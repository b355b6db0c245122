using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// What is alleged of a driver and not decided yet, as that driver was told it by a notice: never who reported it, nor when, nor how. Before the notice is
/// released there is nothing to see. Not even the kind of report or its number is told: only a leader or a member reports a peer.
/// </summary>
/// <param name="Driver">Public code of the driver whom it is about.</param>
/// <param name="FromHour">First hour that is told, 0 to 23; null for none.</param>
/// <param name="ToHour">End of the last, 1 to 24; null for none.</param>
/// <param name="Notice">Code of the notice.</param>
/// <param name="AnswerBy">Last day for the answer.</param>
/// <param name="IsAnswered">Whether an answer is in.</param>
/// <param name="ComplexDays">Days that the decision may take, where it was declared complex; null for an ordinary matter.</param>
internal sealed record OpenMatter(
    string Driver, string Code, string ConductZh, string ConductEn, DateOnly On, int? FromHour, int? ToHour, string Place, string Notice, DateOnly AnswerBy,
    bool IsAnswered, int? ComplexDays)
{
    /// <summary>Open matters of these drivers by the day of the conduct.</summary>
    public static async Task<List<OpenMatter>> OfAsync(IQueryable<Driver> drivers, OperationContext context, CancellationToken stop)
    {
        var complexDays = CaseQueue.DeadlinesOf(context).ComplexCaseDays;
        var db = context.Db;
        var open = await (from notice in db.Notices.AsNoTracking()
                          join report in db.Cases on notice.CaseId equals report.Id
                          where CaseLife.Heard.Contains(report.Status)
                          join driver in drivers on report.DriverId equals driver.Id
                          select new
                          {
                              driver.Code, notice.Content, Notice = notice.Code, notice.AnswerBy, IsComplex = report.ComplexOn != null,
                              IsAnswered = db.Set<DriverAnswer>().Any(a => a.CaseId == report.Id),
                          }).ToListAsync(stop);
        return [.. open.Select(o => (o, told: NoticeContent.Read(o.Content)))
            .Select(m => new OpenMatter(
                m.o.Code, m.told.Code, m.told.ConductZh, m.told.ConductEn, m.told.On, m.told.FromHour, m.told.ToHour, m.told.Place, m.o.Notice, m.o.AnswerBy,
                m.o.IsAnswered, m.o.IsComplex ? complexDays : null))
            // By nothing that tells the order in which they were reported.
            .OrderBy(matter => matter.On).ThenBy(matter => matter.FromHour).ThenBy(matter => matter.Code, StringComparer.Ordinal)];
    }
}
