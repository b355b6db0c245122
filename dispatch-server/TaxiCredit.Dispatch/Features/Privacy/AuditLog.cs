using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Privacy;

/// <summary>Which lines of the audit log are asked for; null or empty asks for all.</summary>
/// <param name="Day">In the city, by system time.</param>
internal sealed record AuditFilter(string? Actor = null, string? Subject = null, string? Operation = null, DateOnly? Day = null);

/// <param name="Lines">Newest first.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Lines, long? Next);

/// <summary>The audit log by pages. It grows to millions of lines: a page is found by the key of the last line before it, and nothing is counted.</summary>
internal static class AuditLog
{
    public const int PageSize = 50;

    /// <param name="before">Id of the last line of the page before; null for the newest.</param>
    public static async Task<AuditPage> PageAsync(AuditFilter filter, long? before, DispatchContext db, CancellationToken stop)
    {
        var lines = await Matching(filter, db).Where(a => before == null || a.Id < before).OrderByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(stop);
        return lines.Count > PageSize ? new(lines[..PageSize], lines[PageSize - 1].Id) : new(lines, null);
    }

    private static IQueryable<AuditEntry> Matching(AuditFilter filter, DispatchContext db)
    {
        var lines = db.Audit.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter.Actor))
            lines = lines.Where(a => a.Actor == filter.Actor.Trim());
        if (!string.IsNullOrWhiteSpace(filter.Subject))
            lines = lines.Where(a => a.Subject == filter.Subject.Trim());
        if (!string.IsNullOrWhiteSpace(filter.Operation))
            lines = lines.Where(a => a.Operation == filter.Operation);
        if (filter.Day is not { } day)
            return lines;
        var (from, to) = (BureauTime.BeginOf(day), BureauTime.BeginOf(day.AddDays(1)));
        return lines.Where(a => a.At >= from && a.At < to);
    }
}
