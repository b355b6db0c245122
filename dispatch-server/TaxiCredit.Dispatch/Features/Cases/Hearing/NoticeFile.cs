using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases.Decisions;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>A notice with what became of it, for the driver who got it.</summary>
/// <param name="Answers">Newest first.</param>
/// <param name="Decision">Null until it is taken: a decision that can still be taken back is not told.</param>
internal sealed record NoticeFile(
    string Code, CaseStatus Status, NoticeContent Told, DateOnly AnswerBy, IReadOnlyList<DriverAnswer> Answers, string? DecisionNumber,
    DecisionContent? Decision)
{
    /// <returns>Null where that driver has no such notice.</returns>
    public static async Task<NoticeFile?> FindAsync(string code, int driverId, DispatchContext db, CancellationToken stop)
    {
        var found = await (from notice in db.Notices.AsNoTracking()
                           join report in db.Cases on notice.CaseId equals report.Id
                           where notice.Code == code && report.DriverId == driverId
                           select new { notice, report.Status }).SingleOrDefaultAsync(stop);
        if (found is null)
            return null;
        var id = found.notice.CaseId;
        var document = await db.Decisions.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == id, stop);
        return new(
            code, found.Status, NoticeContent.Read(found.notice.Content), found.notice.AnswerBy,
            await db.Answers.AsNoTracking().Where(a => a.CaseId == id).OrderByDescending(a => a.Round).ToListAsync(stop),
            document?.Number, document is null ? null : DecisionContent.Read(document.Content));
    }

    /// <summary>Newest notices of a driver whose matter ended without a decision.</summary>
    public static async Task<List<ClosedNotice>> ClosedOfAsync(int driverId, DispatchContext db, CancellationToken stop)
    {
        var closed = await (from notice in db.Notices.AsNoTracking()
                            join report in db.Cases on notice.CaseId equals report.Id
                            where report.DriverId == driverId && CaseLife.Undecided.Contains(report.Status)
                            orderby report.DecidedOn descending, notice.Code
                            select new { notice.Code, notice.Content, report.Status }).Take(MaxClosed).ToListAsync(stop);
        return closed.ConvertAll(c => new ClosedNotice(c.Code, NoticeContent.Read(c.Content), c.Status));
    }

    private const int MaxClosed = 12;
}

internal sealed record ClosedNotice(string Code, NoticeContent Told, CaseStatus Status);
