using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Roster;

internal static class CabCodes
{
    /// <summary>Gives a code to the cabs of a database that is older than the codes. Every cab that is added has one from the start.</summary>
    public static async Task GiveMissingAsync(DispatchContext db, CancellationToken stop)
    {
        if (!await db.Cabs.AnyAsync(c => c.PassengerCode == "", stop))
            return;
        await using var write = await db.BeginWriteAsync(stop);
        foreach (var cab in await db.Cabs.Where(c => c.PassengerCode == "").ToListAsync(stop))
            cab.PassengerCode = ShortCode.New();
        await write.SaveAsync(stop);
    }
}
