using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>A passenger's report goes with its case to the driver who drove: the receipt stays, and tells how that case stands.</summary>
internal sealed class ReportsOfCases : ICaseCompanions
{
    public async Task FollowAsync(Case from, Case to, DispatchContext db, CancellationToken stop)
    {
        foreach (var report in await db.PassengerReports.Where(r => r.CaseId == from.Id).ToListAsync(stop))
            report.Follow(to);
    }
}
