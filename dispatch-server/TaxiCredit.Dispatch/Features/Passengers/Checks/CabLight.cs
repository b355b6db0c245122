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

    /// <summary>The light that was last confirmed, in a word; <see cref="Nothing"/> before the first report.</summary>
    public string Confirmed => Twin?.ReceivedAt is null ? Nothing : Twin.Light.ToString();

    /// <summary>
    /// Whether somebody who sees so many stars, null for none lit, sees what was last confirmed. A unit that has never reported should be dark.
    /// </summary>
    public bool Agrees(int? seen) => Confirmed == Nothing ? seen is null : seen is null ? Twin!.Light.IsDark : Twin!.Light.Stars == seen;
}
