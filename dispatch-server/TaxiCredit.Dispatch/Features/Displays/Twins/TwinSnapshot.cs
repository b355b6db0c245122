using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>A cab with a display: what it should show and what it says it shows. Immutable.</summary>
/// <param name="DisplayId">Key in the database.</param>
/// <param name="Display">Id on the wire.</param>
/// <param name="Desired">What was last signed for it; null until the reconciler has seen it.</param>
internal sealed record TwinSnapshot(
    int DisplayId, string Display, int CabId, string Cab, string Plate, string Team, DesiredRating Desired, long DesiredConfigRev, ReportedTwin Reported)
{
    /// <summary>Public code of the driver signed on; null with nobody.</summary>
    public string? Driver => Desired.Driver;

    public RatingKind Kind => Desired.Kind;

    /// <summary>0 to 4; null unless rated.</summary>
    public int? Stars => Desired.Stars;

    public string? Period => Desired.Period;

    /// <summary>Display state as reported: <c>showing</c>, <c>unrated</c>, …; empty before the first report.</summary>
    public string State => Reported.State;

    public string Lit => Reported.Lit;

    public MeasuredLight Light => Reported.Light;

    public bool Online => Reported.Online;

    /// <summary>System time of the last report.</summary>
    public DateTimeOffset? ReceivedAt => Reported.ReceivedAt;

    /// <summary>The alarm: a driver is signed on, the display is online, and it is dark without saying that the driver is unrated.</summary>
    public bool IsDarkWhileSignedOn => Driver is not null && Online && Light.IsDark && !(Kind == RatingKind.Unrated && State == "unrated");

    /// <summary>Online, everything applied, and the measured lights are those of the rating.</summary>
    public bool ShowsDesired => Online && !IsBehind && (Stars is { } stars ? Light.Stars == stars : Light.IsDark);

    /// <summary>Has not applied what was last published for it.</summary>
    public bool IsBehind => Reported.Rev != Desired.Rev || Reported.ConfigRev != DesiredConfigRev;
}

internal static class ShownCounts
{
    public const string Unrated = "unrated";
    public const string Dark = "dark";

    /// <summary>
    /// How many windscreens show what, by the lights that displays last measured: <c>4</c> to <c>0</c>, <c>unrated</c> where a
    /// display is dark and says so, and <c>dark</c> for everything else, offline and inconsistent ones included.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<TwinSnapshot> twins)
    {
        var counts = new Dictionary<string, int> { ["4"] = 0, ["3"] = 0, ["2"] = 0, ["1"] = 0, ["0"] = 0, [Unrated] = 0, [Dark] = 0 };
        foreach (var twin in twins)
            counts[KeyOf(twin)]++;
        return counts;
    }

    private static string KeyOf(TwinSnapshot twin) => twin switch
    {
        { Online: true, Light.Stars: not null } => twin.Light.ToString(),
        { Online: true, Light.IsDark: true, State: Unrated } => Unrated,
        _ => Dark,
    };
}
