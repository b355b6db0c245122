using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>A cab as a passenger may know it, and what its unit last confirmed. Never who drives it.</summary>
/// <param name="CabId">Key in the database.</param>
/// <param name="Cab">The bureau's code: <c>cab-0001</c>.</param>
/// <param name="Code">The passengers' code, as it is stored.</param>
/// <param name="Twin">Null for a cab without a display, and for one whose display was provisioned a moment ago.</param>
internal sealed record CabLight(int CabId, string Cab, string Code, string Plate, string Team, TwinSnapshot? Twin)
{
    /// <summary>In the place of a light, of a unit that has never reported.</summary>
    public const string Nothing = "nothing";

    /// <param name="typed">The cab's code, as printed or as typed.</param>
    /// <returns>Null if no cab has this code.</returns>
    public static async Task<CabLight?> FindAsync(string? typed, DispatchContext db, TwinBoard board, CancellationToken stop)
    {
        if (!ShortCode.TryRead(typed, out var code))
            return null;
        var cab = await db.Cabs.Where(c => c.PassengerCode == code)
            .Select(c => new { c.Id, c.Code, c.Plate, Team = c.Team.Name, DisplayId = db.Displays.Where(d => d.CabId == c.Id).Select(d => (int?)d.Id).FirstOrDefault() })
            .SingleOrDefaultAsync(stop);
        if (cab is null)
            return null;

        TwinSnapshot? twin = null;
        if (cab.DisplayId is { } display)
            board.TryFind(display, out twin);
        return new(cab.Id, cab.Code, code, cab.Plate, cab.Team, twin);
    }

    /// <summary>The light that was last confirmed, in a word; <see cref="Nothing"/> before the first report.</summary>
    public string Confirmed => Twin?.ReceivedAt is null ? Nothing : Twin.Light.ToString();

    /// <summary>Whether somebody who sees so many stars, null for none lit, sees what was last confirmed. A unit that has never reported ought to be dark.</summary>
    public bool Agrees(int? seen) => Confirmed == Nothing ? seen is null : seen is null ? Twin!.Light.IsDark : Twin!.Light.Stars == seen;
}
