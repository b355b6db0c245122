using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>
/// Finds cabs by the passengers' code. What is told of a cab with a display never changes, so the database is asked for it once; its light is
/// looked up each time. A code that is not found, and a cab that may get its display yet, is looked up again. Thread-safe.
/// </summary>
internal sealed class CabLights(TwinBoard board)
{
    private readonly ConcurrentDictionary<string, Found> _withDisplay = [];

    /// <param name="typed">The cab's code, as printed or as typed.</param>
    /// <returns>Null if no cab has this code.</returns>
    public async Task<CabLight?> FindAsync(string? typed, DispatchContext db, CancellationToken stop)
    {
        if (!ShortCode.TryRead(typed, out var code) || await AskAsync(code, db, stop) is not { } cab)
            return null;

        TwinSnapshot? twin = null;
        if (cab.DisplayId is { } display)
            board.TryFind(display, out twin);
        return new(cab.Id, cab.Code, code, cab.Plate, cab.Team, twin);
    }

    private async ValueTask<Found?> AskAsync(string code, DispatchContext db, CancellationToken stop)
    {
        if (_withDisplay.TryGetValue(code, out var known))
            return known;
        var cab = await db.Cabs.Where(c => c.PassengerCode == code)
            .Select(c => new Found(c.Id, c.Code, c.Plate, c.Team.Name, db.Set<Display>().Where(d => d.CabId == c.Id).Select(d => (int?)d.Id).FirstOrDefault()))
            .SingleOrDefaultAsync(stop);
        return cab?.DisplayId is null ? cab : _withDisplay.GetOrAdd(code, cab);
    }

    private sealed record Found(int Id, string Code, string Plate, string Team, int? DisplayId);
}
