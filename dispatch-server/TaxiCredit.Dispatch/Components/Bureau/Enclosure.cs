using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>What came with a case in addition to its text.</summary>
/// <param name="Report">Number of the passenger's report that it was made of; null for a case that somebody recorded.</param>
/// <param name="Photo">Address of the photo; null for none.</param>
public sealed record Enclosure(string? Report, string? Photo)
{
    internal static async Task<Enclosure> OfAsync(Case made, DispatchContext db, CancellationToken stop)
    {
        var report = await db.PassengerReports.AsNoTracking().SingleOrDefaultAsync(r => r.CaseId == made.Id, stop);
        if (report is not null)
            return new(report.Number, await db.ReportPhotos.AnyAsync(p => p.ReportId == report.Id, stop) ? $"/bureau/reports/{report.Number}/photo" : null);
        return new(null, await db.CasePhotos.AnyAsync(p => p.CaseId == made.Id, stop) ? $"/bureau/cases/{made.Number}/photo" : null);
    }
}
