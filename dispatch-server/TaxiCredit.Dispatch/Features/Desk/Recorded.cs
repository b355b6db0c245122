using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Desk;

/// <summary>
/// What an officer has recorded, for that officer: a receipt opens a passenger's page, and is read out by who took the call and by nobody else.
/// </summary>
/// <param name="Receipt">A <see cref="ShortCode"/>; null where nobody called.</param>
internal sealed record Recorded(Case Case, string? Receipt)
{
    /// <param name="number">Number of the case.</param>
    /// <param name="by">Who asks.</param>
    /// <returns>Null where there is no such case, or somebody else recorded it.</returns>
    public static async Task<Recorded?> FindAsync(string number, string by, OperationContext context, CancellationToken stop)
    {
        var found = await context.Db.Cases.AsNoTracking().Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == number && c.SubmittedBy == by, stop);
        return found is null
            ? null
            : new(found, await context.Db.PassengerReports.Where(r => r.CaseId == found.Id).Select(r => r.Receipt).SingleOrDefaultAsync(stop));
    }
}
