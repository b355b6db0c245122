using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>What operations on displays need besides the <see cref="OperationContext"/>.</summary>
internal sealed record DisplayServices(DisplayRegistry Registry, RootKeySeal Seal, TwinBoard Board, DisplayStandings Standings, ICabLink Link,
    IBrokerAddress Broker, SigningClock Clock, Reachability Reach)
{
    /// <summary>Why no unit can be fitted out now; null if one can: it would look for the broker where it finds none.</summary>
    public Refusal? FindUnreachable() => Reach.OfBroker(Broker.Host);
}

/// <summary>A display is new, has other keys, came into another cab or left its cab.</summary>
/// <param name="Display">As it is committed.</param>
internal sealed record DisplayChanged(Display Display) : IFact;

internal static class DisplayRules
{
    public static Refusal Unknown(string displayCode) =>
        Refusal.Missing("display-unknown", $"There is no display '{displayCode}'; see GET /api/v1/displays.");

    /// <summary>Its root key cannot be opened.</summary>
    public static Refusal KeyLost(string displayCode) => Refusal.Conflict(
        "display-key-lost",
        $"The server's key ring cannot open the root key of display '{displayCode}'. Restore the key ring that was saved with this database.");

    public static Refusal Taken(string displayCode) =>
        Refusal.Conflict("display-taken", $"There is a display '{displayCode}' already; choose another id.");

    /// <summary>Stock, revoked or scrapped: there is no windscreen that it could be about.</summary>
    public static Refusal NotInCab(Display display) =>
        Refusal.Conflict("display-not-in-cab", $"Display '{display.Code}' is in no cab since {display.RestingSince:O}; it is {display.Rest.Word}.");

    /// <summary>Why a cab can take no other unit; null if it can.</summary>
    public static async Task<Refusal?> CabTakenAsync(DispatchContext db, Cab cab, CancellationToken stop) =>
        await db.DisplaysInCabs.Where(d => d.CabId == cab.Id).Select(d => d.Code).SingleOrDefaultAsync(stop) is { } code
            ? Refusal.Conflict("cab-has-display", $"Cab '{cab.Code}' has display '{code}'; replace it, or take it out first.")
            : null;

    /// <summary>Why a display is not among the registered ones.</summary>
    public static Refusal Absent(string displayCode, DisplayRegistry registry) =>
        registry.Held.Contains(displayCode) ? KeyLost(displayCode) : Unknown(displayCode);
}
