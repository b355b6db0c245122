using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>Finds cabs by the passengers' code, anew each time: plate, team and unit of a cab may change. Thread-safe.</summary>
internal sealed class CabLights(TwinBoard board)
{
    /// <param name="typed">The cab's code, as printed or as typed.</param>
    /// <returns>Null if no cab has this code.</returns>
    public async Task<CabLight?> FindAsync(string? typed, DispatchContext db, CancellationToken stop)
    {
        if (!ShortCode.TryRead(typed, out var code))
            return null;
        var cab = await db.Cabs.Where(c => c.PassengerCode == code && c.PassengerCode != "")
            .Select(c => new { c.Id, c.Code, c.Plate, Team = c.Team.Name }).SingleOrDefaultAsync(stop);
        if (cab is null)
            return null;

        // By the cab and not by the unit: that is replaced when it breaks.
        board.TryFindOfCab(cab.Id, out var twin);
        return new(cab.Id, cab.Code, code, cab.Plate, cab.Team, twin);
    }
}
