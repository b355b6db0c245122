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

    /// <summary>Online, everything applied, and the measured lights are those of the rating.</summary>
    public bool ShowsDesired => Online && !IsBehind && (Stars is { } stars ? Light.Stars == stars : Light.IsDark);

    /// <summary>Its state has come in, from itself or kept by the broker, since this server's connection to the broker began.</summary>
    public bool IsHeard { get; init; }

    /// <summary>Why nothing new is published to it; null if it is.</summary>
    public HeldBecause? Held { get; init; }

    /// <summary>Has not applied what was last published for it.</summary>
    public bool IsBehind => Reported.Rev != Desired.Rev || Reported.ConfigRev != DesiredConfigRev;
}

/// <summary>Why nothing new is published to a display.</summary>
internal enum HeldBecause
{
    /// <summary>Publishing to the whole city is held.</summary>
    City,

    /// <summary>Publishing to this display alone is held.</summary>
    Display,

    /// <summary>The server's key ring cannot open its root key: nothing is taken from it either.</summary>
    Key,
}
