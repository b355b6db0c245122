using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Components.Wall;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Pages;

[TestClass]
public sealed class WallTileTests
{
    private static readonly DateTimeOffset Signed = new(2018, 1, 2, 4, 0, 0, TimeSpan.Zero);

    /// <summary>What is lit in a cab that is out of reach is not known: no lights, and no alarm, whatever it last said and whoever drives it.</summary>
    [TestMethod]
    [DataRow("00000", "showing", DisplayName = "Was dark")]
    [DataRow("11110", "showing", DisplayName = "Showed other stars")]
    [DataRow("01010", "fault", DisplayName = "Showed no rating")]
    [DataRow("11111", "showing", DisplayName = "Showed its stars")]
    public void Tile_OfflineWithADriver_IsOfflineWithoutAnAlarm(string lit, string state)
    {
        var tile = Tile(Rated(4), lit, state, online: false);

        Assert.AreEqual((WindscreenFace.Offline, "00000", (WallAlarm?)null), (tile.Face, tile.Lit, tile.Alarm));
    }

    [TestMethod]
    [DataRow("00000", "showing", WallAlarm.Dark)]
    [DataRow("00000", "stale", WallAlarm.Dark)]
    [DataRow("01010", "fault", WallAlarm.NoRating)]
    [DataRow("11110", "showing", WallAlarm.Other)]
    [DataRow("11111", "showing", null)]
    public void Tile_OnlineWithADriverOfFourStars_AlarmsUnlessTheyShow(string lit, string state, WallAlarm? alarm) =>
        Assert.AreEqual(alarm, Tile(Rated(4), lit, state).Alarm);

    [TestMethod]
    [DataRow("00000", "vacant", null)]
    [DataRow("11111", "showing", WallAlarm.Vacant)]
    public void Tile_OnlineWithNobody_AlarmsIfStarsShow(string lit, string state, WallAlarm? alarm) =>
        Assert.AreEqual(alarm, Tile(RatingContent.Vacant, lit, state).Alarm);

    [TestMethod]
    [DataRow("unrated", null)]
    [DataRow("fault", WallAlarm.Dark)]
    public void Tile_OnlineWithAnUnratedDriver_AlarmsUnlessItSaysSo(string state, WallAlarm? alarm) =>
        Assert.AreEqual(alarm, Tile(RatingContent.Unrated("d-1", Signed, Signed), "00000", state).Alarm);

    [TestMethod]
    [DataRow(0, null)]
    [DataRow(4_999, null)]
    [DataRow(5_000, WallAlarm.Dark)]
    [DataRow(5_001, WallAlarm.Dark)]
    public void Tile_JustPublished_HasFiveSecondsBeforeAnAlarm(int milliseconds, WallAlarm? alarm) =>
        Assert.AreEqual(alarm, Tile(Rated(4), "00000", "showing", after: TimeSpan.FromMilliseconds(milliseconds)).Alarm);

    private static RatingContent Rated(int stars) => RatingContent.Rated(stars, "2017-12", "d-1", isSole: true, Signed, Signed);

    /// <summary>The tile an hour after the signature, unless another time is given.</summary>
    private static WallTile Tile(RatingContent desired, string lit, string state, bool online = true, TimeSpan? after = null)
    {
        var rating = new DesiredRating
        {
            DisplayId = 1,
            Rev = 7,
            Now = Signed.ToUnixTimeSeconds(),
            SignedEpoch = 1,
            Payload = [],
            Kind = desired.Kind,
            Stars = desired.Stars,
            Period = desired.Period,
            Driver = desired.Driver,
        };
        var reported = new ReportedTwin { DisplayId = 1, Online = online, Rev = 7, ConfigRev = 7, State = state, Lit = lit };
        return WallTile.Of(new TwinSnapshot(1, "disp-0001", 1, "cab-1", "鲁K·T0001", "t-1", rating, 7, reported), Signed + (after ?? TimeSpan.FromHours(1)));
    }
}
