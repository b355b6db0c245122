using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>What the server knows of a windscreen, in one word. Where several hold, the one that leaves the others without meaning.</summary>
public enum DisplayState
{
    /// <summary>Its unit measured what is due, and when is known.</summary>
    Confirmed,

    /// <summary>Something new was signed for it less than <see cref="StandingRule.Grace"/> ago, and it has not confirmed that yet.</summary>
    Following,

    /// <summary>Nobody vouches for what it shows now; <see cref="StandingCause"/> says why.</summary>
    Unconfirmed,

    /// <summary>It shows other stars than are due.</summary>
    Wrong,

    /// <summary>Dark while a driver is signed on, and not because he is unrated.</summary>
    Dark,

    /// <summary>Its unit cannot vouch for its lights, or what it measures is no rating.</summary>
    Faulty,

    /// <summary>Nothing new is published to it until a person has decided, so that what is due is not known.</summary>
    Held,
}

/// <summary>Why a windscreen is <see cref="DisplayState.Unconfirmed"/> or <see cref="DisplayState.Held"/>.</summary>
public enum StandingCause
{
    /// <summary>This server has no connection to its broker.</summary>
    BrokerAway,

    /// <summary>The server's connection is new, and the cab may still be on its way back: see <see cref="StandingRule.Return"/>.</summary>
    Returning,

    /// <summary>It has never reported.</summary>
    NeverReported,

    /// <summary>It has not been heard since the server's connection began.</summary>
    NotHeard,

    /// <summary>The cab has lost its connection, or taken leave.</summary>
    CabGone,

    /// <summary>It has been silent for longer than three heartbeats.</summary>
    Silent,

    /// <summary>Publishing to the city is held.</summary>
    CityHeld,

    /// <summary>Publishing to this display is held.</summary>
    DisplayHeld,

    /// <summary>The server's key ring cannot open its root key.</summary>
    KeyLost,
}

/// <summary>Why somebody must look at this very windscreen.</summary>
public enum DisplayAlarm
{
    /// <summary>Out of reach while a driver is signed on.</summary>
    Unreachable,

    /// <summary>No rating is shown while a driver is signed on.</summary>
    Dark,

    /// <summary>The lights make no rating.</summary>
    NoRating,

    /// <summary>The unit says that it cannot vouch for its lights.</summary>
    Fault,

    /// <summary>Stars are shown though nobody is signed on.</summary>
    Vacant,

    /// <summary>The stars are not those of the driver who is signed on.</summary>
    Other,

    /// <summary>Publishing to this display alone waits for a decision.</summary>
    Held,
}

/// <summary>What the server knows of one windscreen. The same on the wall, in its drawer, in the API and on the pages of passengers and drivers.</summary>
/// <param name="ConfirmedAt">System time of the last report that was accepted; null before the first.</param>
/// <param name="Since">Since when nobody vouches for it; null where somebody does, or nobody ever has.</param>
/// <param name="Alarm">Null where nobody must look at this one: all is well, nobody drives it, or it is one of many with the same cause.</param>
/// <param name="LookAgainAt">It changes then by waiting alone; null if it does not.</param>
internal sealed record DisplayStanding(
    DisplayState State, StandingCause? Cause, DateTimeOffset? ConfirmedAt, DateTimeOffset? Since, DisplayAlarm? Alarm, DateTimeOffset? LookAgainAt)
{
    /// <summary>The display is connected and reports in time, over a connection that this server has.</summary>
    public bool IsOnline => State != DisplayState.Unconfirmed && Cause != StandingCause.KeyLost;

    /// <summary>The lights last measured are what the windscreen shows, by the word of its unit. Only then can anybody compare.</summary>
    public bool IsVouchedFor => IsOnline && State != DisplayState.Faulty;
}

/// <summary>A twin and what is known of it.</summary>
internal sealed record StandingTwin(TwinSnapshot Twin, DisplayStanding Standing);
