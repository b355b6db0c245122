using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>
/// Derives a windscreen's standing from its twin (with the driver on shift), the server's own connection and the time. The one place that does (ADR 0064);
/// pure. The order of the questions is the order of what makes the later ones meaningless.
/// </summary>
internal static class StandingRule
{
    /// <summary>How long a display may take to follow what was published for it before its light is called wrong. Typically about 100 ms.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After the server's connection has begun a cab is given as long to come back as its longest pause between two attempts (<c>firmware/PROTOCOL.md</c>);
    /// until then all that are still missing are one alarm, and no alarm each.
    /// </summary>
    public static readonly TimeSpan Return = TimeSpan.FromMinutes(5);

    /// <param name="heartbeat">s; see <see cref="DisplaySettings.Heartbeat"/>.</param>
    public static DisplayStanding Of(TwinSnapshot twin, BrokerLink link, int heartbeat, DateTimeOffset now) =>
        Unheard(twin, link, heartbeat, now) ?? WithNextLook(Heard(twin, now), twin, heartbeat);

    /// <returns>Null if the display is connected and reports in time.</returns>
    private static DisplayStanding? Unheard(TwinSnapshot twin, BrokerLink link, int heartbeat, DateTimeOffset now)
    {
        DisplayAlarm? alarm = twin.Driver is null ? null : DisplayAlarm.Unreachable;
        return twin switch
        {
            _ when !link.IsUp => Unconfirmed(StandingCause.BrokerAway, link.Since, null),
            { Held: HeldBecause.Key } => new(DisplayState.Held, StandingCause.KeyLost, twin.ReceivedAt, twin.ReceivedAt, null, null),
            { IsHeard: false } when now < link.Since + Return => Unconfirmed(StandingCause.Returning, twin.ReceivedAt, null, link.Since + Return),
            { ReceivedAt: null } => Unconfirmed(StandingCause.NeverReported, null, alarm),
            { IsHeard: false } => Unconfirmed(StandingCause.NotHeard, twin.ReceivedAt, alarm),
            { Online: false } => Unconfirmed(StandingCause.CabGone, twin.ReceivedAt, alarm),
            { ReceivedAt: { } at } when now > OfflineRule.SilentAfter(at, heartbeat) => Unconfirmed(StandingCause.Silent, at, alarm),
            _ => null,
        };

        DisplayStanding Unconfirmed(StandingCause cause, DateTimeOffset? since, DisplayAlarm? alarm, DateTimeOffset? lookAgainAt = null) =>
            new(DisplayState.Unconfirmed, cause, twin.ReceivedAt, since, alarm, lookAgainAt);
    }

    private static DisplayStanding Heard(TwinSnapshot twin, DateTimeOffset now)
    {
        return twin switch
        {
            { State: "fault" } => Known(DisplayState.Faulty, DisplayAlarm.Fault),
            // What is due is what the database says, which is in doubt.
            { Held: HeldBecause.City } => Known(DisplayState.Held, null, StandingCause.CityHeld),
            { Held: HeldBecause.Display } => Known(DisplayState.Held, DisplayAlarm.Held, StandingCause.DisplayHeld),
            _ when !twin.ShowsDesired && now < GraceEnd(twin) => Known(DisplayState.Following, null),
            { Light.IsInconsistent: true } => Known(DisplayState.Faulty, DisplayAlarm.NoRating),
            _ when IsDarkOnShift(twin) => Known(DisplayState.Dark, DisplayAlarm.Dark),
            { Light.Stars: { } stars } when stars != twin.Stars =>
                Known(DisplayState.Wrong, twin.Driver is null ? DisplayAlarm.Vacant : DisplayAlarm.Other),
            _ => Known(DisplayState.Confirmed, null),
        };

        DisplayStanding Known(DisplayState state, DisplayAlarm? alarm, StandingCause? cause = null) => new(state, cause, twin.ReceivedAt, null, alarm, null);
    }

    private static bool IsDarkOnShift(TwinSnapshot twin) =>
        twin.Driver is not null && twin.Light.IsDark && !(twin.Kind == RatingKind.Unrated && twin.State == "unrated");

    private static DateTimeOffset GraceEnd(TwinSnapshot twin) => DateTimeOffset.FromUnixTimeSeconds(twin.Desired.Now) + Grace;

    private static DisplayStanding WithNextLook(DisplayStanding standing, TwinSnapshot twin, int heartbeat)
    {
        // Silence begins after the instant and not at it.
        var silence = OfflineRule.SilentAfter(twin.ReceivedAt!.Value, heartbeat).AddTicks(1);
        var grace = GraceEnd(twin);
        return standing with { LookAgainAt = standing.State == DisplayState.Following && grace < silence ? grace : silence };
    }
}
