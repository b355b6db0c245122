using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>Why somebody must look at a windscreen.</summary>
public enum WallAlarm
{
    /// <summary>No rating is shown while a driver is signed on.</summary>
    Dark,

    /// <summary>The lights make no rating.</summary>
    NoRating,

    /// <summary>Stars are shown though nobody is signed on.</summary>
    Vacant,

    /// <summary>The stars are not those of the driver who is signed on.</summary>
    Other,
}

/// <summary>
/// A cab on the wall, as its display last reported: its lights as 5 digits, all out where it is not known what is lit; its face, with its stars where it
/// is rated; and if somebody must look, why. Immutable; an unchanged cab keeps its tile, so that nothing is drawn for it.
/// </summary>
public sealed record WallTile(
    string Cab, string Plate, string Team, string? Driver, string? Period, WindscreenFace Face, string Lit, int? Stars, WallAlarm? Alarm)
{
    /// <summary>How long a display may take to follow what was published for it before its light is called wrong. Typically about 100 ms.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>What it was made of.</summary>
    internal TwinSnapshot Twin { get; private init; } = null!;

    /// <summary>It changes by waiting alone: look again when <see cref="Grace"/> is over.</summary>
    internal bool IsInGrace { get; private init; }

    internal static WallTile Of(TwinSnapshot twin, DateTimeOffset now)
    {
        var inGrace = twin.Online && !twin.ShowsDesired && now < DateTimeOffset.FromUnixTimeSeconds(twin.Desired.Now) + Grace;
        var face = FaceOf(twin, inGrace);
        return new(
            twin.Cab, twin.Plate, twin.Team, twin.Driver, twin.Period, face, face == WindscreenFace.Offline ? "00000" : twin.Lit, twin.Light.Stars,
            inGrace ? null : AlarmOf(twin))
        {
            Twin = twin,
            IsInGrace = inGrace,
        };
    }

    private static WindscreenFace FaceOf(TwinSnapshot twin, bool inGrace) => twin switch
    {
        { Online: false } => WindscreenFace.Offline,
        { Light.IsInconsistent: true } => WindscreenFace.Fault,
        { Light.Stars: not null } => WindscreenFace.Rated,
        { State: "unrated" } => WindscreenFace.Unrated,
        { State: "fault" } => WindscreenFace.Fault,
        _ when inGrace => WindscreenFace.Waiting,
        { State: "vacant" } => WindscreenFace.Vacant,
        { State: "stale" } => WindscreenFace.Stale,
        _ => WindscreenFace.Dark,
    };

    private static WallAlarm? AlarmOf(TwinSnapshot twin) => twin switch
    {
        { Online: false } => null,
        { IsDarkWhileSignedOn: true } => WallAlarm.Dark,
        { Light.IsInconsistent: true } => WallAlarm.NoRating,
        { Light.Stars: { } stars } when stars != twin.Stars => twin.Driver is null ? WallAlarm.Vacant : WallAlarm.Other,
        _ => null,
    };
}
