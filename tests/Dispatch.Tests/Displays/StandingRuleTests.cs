using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class StandingRuleTests
{
    /// <summary>Long enough for every grace, and not for silence.</summary>
    private static readonly DateTimeOffset Later = Twin.Signed + TimeSpan.FromMinutes(1);

    /// <summary>Every condition that can hold, in the order in which the rule asks; the last is that nothing is the matter.</summary>
    private static readonly (string Name, DisplayState State, StandingCause? Cause, DisplayAlarm? OnShift, DisplayAlarm? Parked)[] Conditions =
    [
        ("broker-away", DisplayState.Unconfirmed, StandingCause.BrokerAway, null, null),
        ("key-lost", DisplayState.Held, StandingCause.KeyLost, null, null),
        ("returning", DisplayState.Unconfirmed, StandingCause.Returning, null, null),
        ("never", DisplayState.Unconfirmed, StandingCause.NeverReported, DisplayAlarm.Unreachable, null),
        ("not-heard", DisplayState.Unconfirmed, StandingCause.NotHeard, DisplayAlarm.Unreachable, null),
        ("gone", DisplayState.Unconfirmed, StandingCause.CabGone, DisplayAlarm.Unreachable, null),
        ("silent", DisplayState.Unconfirmed, StandingCause.Silent, DisplayAlarm.Unreachable, null),
        ("fault", DisplayState.Faulty, null, DisplayAlarm.Fault, DisplayAlarm.Fault),
        ("city-held", DisplayState.Held, StandingCause.CityHeld, null, null),
        ("display-held", DisplayState.Held, StandingCause.DisplayHeld, DisplayAlarm.Held, DisplayAlarm.Held),
        ("inconsistent", DisplayState.Faulty, null, DisplayAlarm.NoRating, DisplayAlarm.NoRating),
        ("other-stars", DisplayState.Wrong, null, DisplayAlarm.Other, DisplayAlarm.Vacant),
        ("well", DisplayState.Confirmed, null, null, null),
    ];

    /// <summary>Conditions that cannot hold together: two holds and two lights are one, and what has never reported has no light and is not silent.</summary>
    private static readonly string[][] Exclusive =
    [
        ["key-lost", "city-held", "display-held"], ["inconsistent", "other-stars"], ["returning", "not-heard", "never"],
    ];

    public static IEnumerable<object[]> Pairs =>
        from first in Enumerable.Range(0, Conditions.Length)
        from second in Enumerable.Range(first, Conditions.Length - first)
        where first == second || !Exclusive.Any(names => names.Contains(Conditions[first].Name) && names.Contains(Conditions[second].Name))
        from onShift in new[] { true, false }
        select new object[] { Conditions[first].Name, Conditions[second].Name, onShift };

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void Standing_TwoConditions_IsThatOfTheFirst(string first, string second, bool onShift)
    {
        var expected = Conditions.Single(condition => condition.Name == first);
        var world = With(second, With(first, (onShift ? Twin.OnShift : Twin.Parked, Twin.Up, Later)));

        var standing = StandingRule.Of(world.Twin, world.Link, Twin.Heartbeat, world.Now);

        Assert.AreEqual(
            (expected.State, expected.Cause, onShift ? expected.OnShift : expected.Parked), (standing.State, standing.Cause, standing.Alarm));
    }

    [TestMethod]
    [DataRow(4, "11111", "showing", DisplayState.Confirmed, null)]
    [DataRow(0, "10000", "showing", DisplayState.Confirmed, null)]
    [DataRow(3, "11111", "showing", DisplayState.Wrong, DisplayAlarm.Other)]
    [DataRow(4, "10100", "showing", DisplayState.Faulty, DisplayAlarm.NoRating)]
    [DataRow(4, "00000", "fault", DisplayState.Faulty, DisplayAlarm.Fault)]
    [DataRow(4, "00000", "stale", DisplayState.Dark, DisplayAlarm.Dark)]
    [DataRow(4, "00000", "nodata", DisplayState.Dark, DisplayAlarm.Dark)]
    [DataRow(4, "00000", "vacant", DisplayState.Dark, DisplayAlarm.Dark)]
    [DataRow(4, "00000", "unrated", DisplayState.Dark, DisplayAlarm.Dark, DisplayName = "Has stars, and its display says unrated")]
    [DataRow(null, "00000", "unrated", DisplayState.Confirmed, null)]
    [DataRow(null, "00000", "off", DisplayState.Dark, DisplayAlarm.Dark)]
    [DataRow(null, "11000", "unrated", DisplayState.Wrong, DisplayAlarm.Other, DisplayName = "What is measured counts, not what is said")]
    public void Standing_DriverOnShift_IsWhatWasMeasured(int? stars, string lit, string state, DisplayState expected, DisplayAlarm? alarm)
    {
        var standing = Of(Twin.Of(stars is null ? RatingKind.Unrated : RatingKind.Rated, stars, lit, state), Later);

        Assert.AreEqual((expected, alarm, Twin.Signed), (standing.State, standing.Alarm, standing.ConfirmedAt!.Value));
    }

    [TestMethod]
    [DataRow("00000", "vacant", DisplayState.Confirmed, null)]
    [DataRow("00000", "nodata", DisplayState.Confirmed, null)]
    [DataRow("11100", "showing", DisplayState.Wrong, DisplayAlarm.Vacant)]
    [DataRow("00000", "fault", DisplayState.Faulty, DisplayAlarm.Fault)]
    public void Standing_NobodyOnShift_IsWhatWasMeasured(string lit, string state, DisplayState expected, DisplayAlarm? alarm)
    {
        var standing = Of(Twin.Of(RatingKind.Vacant, null, lit, state), Later);

        Assert.AreEqual((expected, alarm), (standing.State, standing.Alarm));
    }

    [TestMethod]
    [DataRow(449_999, DisplayState.Confirmed, null)]
    [DataRow(450_000, DisplayState.Confirmed, null)]
    [DataRow(450_001, DisplayState.Unconfirmed, DisplayAlarm.Unreachable)]
    public void Standing_SilentForThreeHeartbeats_IsUnconfirmedAfterThem(int milliseconds, DisplayState expected, DisplayAlarm? alarm)
    {
        var standing = Of(Twin.OnShift, Twin.Signed.AddMilliseconds(milliseconds));

        Assert.AreEqual((expected, alarm), (standing.State, standing.Alarm));
    }

    [TestMethod]
    [DataRow(-1, DisplayState.Following, null)]
    [DataRow(0, DisplayState.Dark, DisplayAlarm.Dark)]
    [DataRow(1, DisplayState.Dark, DisplayAlarm.Dark)]
    public void Standing_DarkAfterPublication_HasFiveSeconds(int ticks, DisplayState expected, DisplayAlarm? alarm)
    {
        var standing = Of(Twin.Of(RatingKind.Rated, 4, "00000", "vacant"), Twin.Signed.AddSeconds(5).AddTicks(ticks));

        Assert.AreEqual((expected, alarm), (standing.State, standing.Alarm));
    }

    [TestMethod]
    [DataRow(-1, StandingCause.Returning, null)]
    [DataRow(0, StandingCause.NotHeard, DisplayAlarm.Unreachable)]
    [DataRow(1, StandingCause.NotHeard, DisplayAlarm.Unreachable)]
    public void Standing_NotHeardSinceTheConnectionBegan_HasFiveMinutes(int ticks, StandingCause expected, DisplayAlarm? alarm)
    {
        var link = new BrokerLink(true, Later);

        var standing = StandingRule.Of(Twin.OnShift with { IsHeard = false }, link, Twin.Heartbeat, Later.AddMinutes(5).AddTicks(ticks));

        Assert.AreEqual(
            (DisplayState.Unconfirmed, expected, alarm, Twin.Signed), (standing.State, standing.Cause!.Value, standing.Alarm, standing.Since!.Value));
    }

    [TestMethod]
    public void Standing_BrokerAway_IsUnconfirmedSinceThen()
    {
        var standing = StandingRule.Of(Twin.OnShift, new BrokerLink(false, Later), Twin.Heartbeat, Later);

        Assert.AreEqual((Later, Twin.Signed, false, false), (standing.Since!.Value, standing.ConfirmedAt!.Value, standing.IsOnline, standing.IsVouchedFor));
    }

    /// <summary>Who draws it may wait until then, and must not wait longer.</summary>
    [TestMethod]
    [DataRow("00000", "vacant", 0)]
    [DataRow("11111", "showing", 0)]
    [DataRow("10100", "showing", 60)]
    public void LookAgainAt_AnyStanding_IsWhenItChangesByWaiting(string lit, string state, int seconds)
    {
        var twin = Twin.Of(RatingKind.Rated, 4, lit, state);
        var now = Of(twin, Twin.Signed.AddSeconds(seconds));

        Assert.AreEqual(now.State, Of(twin, now.LookAgainAt!.Value.AddTicks(-1)).State);
        Assert.AreNotEqual(now.State, Of(twin, now.LookAgainAt.Value).State);
    }

    [TestMethod]
    [DataRow("fault", false)]
    [DataRow("inconsistent", false)]
    [DataRow("gone", false)]
    [DataRow("key-lost", false)]
    [DataRow("city-held", true)]
    [DataRow("other-stars", true)]
    [DataRow("well", true)]
    public void IsVouchedFor_Condition_OnlyWhereTheUnitConfirmsItsLights(string condition, bool expected)
    {
        var world = With(condition, (Twin.OnShift, Twin.Up, Later));

        Assert.AreEqual(expected, StandingRule.Of(world.Twin, world.Link, Twin.Heartbeat, world.Now).IsVouchedFor);
    }

    private static DisplayStanding Of(TwinSnapshot twin, DateTimeOffset now) => StandingRule.Of(twin, Twin.Up, Twin.Heartbeat, now);

    private static (TwinSnapshot Twin, BrokerLink Link, DateTimeOffset Now) With(
        string condition, (TwinSnapshot Twin, BrokerLink Link, DateTimeOffset Now) world)
    {
        var (twin, link, now) = world;
        var said = twin.Reported;
        return condition switch
        {
            "broker-away" => (twin, link with { IsUp = false }, now),
            "key-lost" => (twin with { Held = HeldBecause.Key }, link, now),
            "city-held" => (twin with { Held = HeldBecause.City }, link, now),
            "display-held" => (twin with { Held = HeldBecause.Display }, link, now),
            "returning" => (twin with { IsHeard = false }, link with { Since = now }, now),
            "not-heard" => (twin with { IsHeard = false }, link, now),
            "never" => (twin with { Reported = said with { ReceivedAt = null } }, link, now),
            "gone" => (twin with { Reported = said with { Online = false } }, link, now),
            // Later than everything else that the table sets up, but for the connection that is new.
            "silent" => (twin, link.Since == now ? link with { Since = now.AddDays(1) } : link, now.AddDays(1)),
            "fault" => (twin with { Reported = said with { State = "fault" } }, link, now),
            "inconsistent" => (twin with { Reported = said with { Lit = "10100" } }, link, now),
            "other-stars" => (twin with { Reported = said with { Lit = "11000" } }, link, now),
            _ => world,
        };
    }
}
