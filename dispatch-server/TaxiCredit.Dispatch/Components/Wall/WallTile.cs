using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>
/// A cab on the wall, as its display last reported: its lights as 5 digits, all out where it is not known what is lit; its face, with its stars where it
/// is rated; and if somebody must look at this one, why. Immutable; an unchanged cab keeps its tile, so that nothing is drawn for it.
/// </summary>
public sealed record WallTile(
    string Cab, string Plate, string Team, string? Driver, string? Period, WindscreenFace Face, string Lit, int? Stars, DisplayAlarm? Alarm)
{
    /// <summary>What it was made of.</summary>
    internal TwinSnapshot Twin { get; private init; } = null!;

    internal DisplayStanding Standing { get; private init; } = null!;

    internal static WallTile Of(StandingTwin one)
    {
        var (twin, standing) = one;
        var face = FaceOf(twin, standing);
        return new(
            twin.Cab, twin.Plate, twin.Team, twin.Driver, twin.Period, face, face == WindscreenFace.Offline ? "00000" : twin.Lit, twin.Light.Stars,
            standing.Alarm)
        {
            Twin = twin,
            Standing = standing,
        };
    }

    private static WindscreenFace FaceOf(TwinSnapshot twin, DisplayStanding standing) => twin switch
    {
        _ when !standing.IsOnline => WindscreenFace.Offline,
        { Light.IsInconsistent: true } => WindscreenFace.Fault,
        { Light.Stars: not null } => WindscreenFace.Rated,
        { State: "unrated" } => WindscreenFace.Unrated,
        { State: "fault" } => WindscreenFace.Fault,
        _ when standing.State == DisplayState.Following => WindscreenFace.Waiting,
        { State: "vacant" } => WindscreenFace.Vacant,
        { State: "stale" } => WindscreenFace.Stale,
        _ => WindscreenFace.Dark,
    };
}
