using System.Globalization;
using TaxiCredit.Dispatch.Components.Parts;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>Which windscreens the wall shows, as its address says; empty is all.</summary>
/// <param name="State"><see cref="Alarm"/>, or the name of a face in lower case.</param>
/// <param name="Stars"><c>0</c> to <c>4</c>: rated so, by the lights that were measured.</param>
internal sealed record WallFilter(string Team = "", string State = "", string Stars = "")
{
    public const string Alarm = "alarm";

    public bool IsEmpty => this == new WallFilter();

    public bool Takes(WallTile tile) =>
        (Team.Length == 0 || tile.Team == Team)
        && (State.Length == 0 || (State == Alarm ? tile.Alarm is not null : Words.Class(tile.Face) == State))
        && (Stars.Length == 0 || (tile.Face == WindscreenFace.Rated && tile.Stars?.ToString(CultureInfo.InvariantCulture) == Stars));

    /// <summary>Address of the wall with this filter and a cab's drawer open.</summary>
    public string ToAddress(string? cab = null)
    {
        (string Name, string? Value)[] all = [("team", Team), ("state", State), ("stars", Stars), ("cab", cab)];
        var set = all.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return set.Count == 0 ? "/" : "/?" + string.Join('&', set);
    }
}
