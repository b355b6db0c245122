using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Workshop;

/// <summary>
/// What the label on a unit says to whoever scans it: the unit's page at this city's server. By the city a label of another fleet is known, also where
/// both have a unit of the same id.
/// </summary>
internal static class UnitLabel
{
    private const string Path = "/bureau/units/";
    private const string City = "?city=";

    /// <param name="address">Where people reach the server, without a slash at its end.</param>
    public static string TextOf(string address, string city, string id) => $"{address}{Path}{id}{City}{Uri.EscapeDataString(city)}";

    /// <summary>Reads an id, or the text of a label as a scanner types it.</summary>
    /// <param name="typed">Of any length.</param>
    /// <param name="id">A display id; empty if it is none.</param>
    /// <returns>False where it is no display id, or the label of a unit of another city.</returns>
    public static bool TryRead(string typed, string city, out string id, out string? foreignCity)
    {
        (id, foreignCity) = (typed, null);
        var at = typed.IndexOf(Path, StringComparison.Ordinal);
        if (at >= 0)
        {
            var rest = typed[(at + Path.Length)..];
            var named = rest.IndexOf(City, StringComparison.Ordinal);
            id = named < 0 ? rest : rest[..named];
            foreignCity = named < 0 || Uri.UnescapeDataString(rest[(named + City.Length)..]) is var said && said == city ? null : said;
        }

        if (!Topics.IsDisplayCode(id))
            id = "";
        return id.Length > 0 && foreignCity is null;
    }
}
