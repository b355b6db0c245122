using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <param name="Reports">With their cabs and cases.</param>
/// <param name="Total">Reports of that status, on all pages.</param>
internal sealed record ReportQueuePage(IReadOnlyList<PassengerReport> Reports, int Total);

/// <summary>What passengers reported, for the bureau's desk: what waits for a person oldest first, what is done newest first.</summary>
internal static class ReportQueue
{
    public const int PageSize = 25;

    /// <param name="status">Null for everything that waits for a person.</param>
    /// <param name="page">1 and up.</param>
    public static async Task<ReportQueuePage> PageAsync(ReportStatus? status, int page, DispatchContext db, CancellationToken stop)
    {
        var reports = Matching(status, db);
        var isDone = status is ReportStatus.Assigned or ReportStatus.Rejected or ReportStatus.Withdrawn;
        var inOrder = isDone ? reports.OrderByDescending(r => r.Id) : reports.OrderBy(r => r.Id);
        return new(
            await inOrder.Skip((page - 1) * PageSize).Take(PageSize).Include(r => r.Cab).Include(r => r.Case).ToListAsync(stop),
            await reports.CountAsync(stop));
    }

    /// <inheritdoc cref="PageAsync"/>
    public static Task<int> CountAsync(ReportStatus? status, DispatchContext db, CancellationToken stop) => Matching(status, db).CountAsync(stop);

    private static IQueryable<PassengerReport> Matching(ReportStatus? status, DispatchContext db) => status is { } one
        ? db.PassengerReports.AsNoTracking().Where(r => r.Status == one)
        : db.PassengerReports.AsNoTracking().Where(r => r.Status == ReportStatus.Quarantined || r.Status == ReportStatus.Received);
}
