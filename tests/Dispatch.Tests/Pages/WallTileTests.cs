using Dispatch.Tests.Displays;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Components.Wall;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Pages;

/// <summary>Which face a windscreen is given. When somebody must look is the standing's: see <see cref="StandingRuleTests"/>.</summary>
[TestClass]
public sealed class WallTileTests
{
    [TestMethod]
    [DataRow(4, "11111", "showing", WindscreenFace.Rated, 4)]
    [DataRow(1, "11000", "showing", WindscreenFace.Rated, 1)]
    [DataRow(0, "10000", "showing", WindscreenFace.Rated, 0)]
    [DataRow(3, "11111", "showing", WindscreenFace.Rated, 4)]
    [DataRow(4, "10100", "showing", WindscreenFace.Fault, null)]
    [DataRow(4, "00000", "fault", WindscreenFace.Fault, null)]
    [DataRow(4, "00000", "stale", WindscreenFace.Stale, null)]
    [DataRow(4, "00000", "nodata", WindscreenFace.Dark, null)]
    [DataRow(4, "00000", "vacant", WindscreenFace.Vacant, null)]
    [DataRow(4, "00000", "unrated", WindscreenFace.Unrated, null)]
    public void Tile_Confirmed_ShowsWhatWasMeasured(int stars, string lit, string state, WindscreenFace face, int? shown)
    {
        var tile = Tile(Twin.Of(RatingKind.Rated, stars, lit, state));

        Assert.AreEqual((face, shown, lit), (tile.Face, tile.Stars, tile.Lit));
    }

    /// <summary>What is lit in a cab that is out of reach is not known: no lights, whatever it last said, and an alarm while somebody drives it.</summary>
    [TestMethod]
    [DataRow("00000", "showing", DisplayName = "Was dark")]
    [DataRow("11110", "showing", DisplayName = "Showed other stars")]
    [DataRow("01010", "fault", DisplayName = "Showed no rating")]
    [DataRow("11111", "showing", DisplayName = "Showed its stars")]
    public void Tile_OfflineWithADriver_ClaimsNoLightAndAlarms(string lit, string state)
    {
        var tile = Tile(Twin.Of(RatingKind.Rated, 4, lit, state, online: false));

        Assert.AreEqual((WindscreenFace.Offline, "00000", DisplayAlarm.Unreachable), (tile.Face, tile.Lit, tile.Alarm!.Value));
    }

    [TestMethod]
    public void Tile_OfflineAndParked_IsNoAlarm()
    {
        var tile = Tile(Twin.Of(RatingKind.Vacant, null, "00000", "vacant", online: false));

        Assert.AreEqual((WindscreenFace.Offline, (DisplayAlarm?)null), (tile.Face, tile.Alarm));
    }

    [TestMethod]
    [DataRow(4_999, WindscreenFace.Waiting)]
    [DataRow(5_000, WindscreenFace.Vacant)]
    [DataRow(5_001, WindscreenFace.Vacant)]
    public void Tile_DarkAfterPublication_WaitsFiveSeconds(int milliseconds, WindscreenFace face) =>
        Assert.AreEqual(face, Tile(Twin.Of(RatingKind.Rated, 4, "00000", "vacant"), TimeSpan.FromMilliseconds(milliseconds)).Face);

    private static WallTile Tile(TwinSnapshot twin, TimeSpan? after = null) =>
        WallTile.Of(new(twin, StandingRule.Of(twin, Twin.Up, Twin.Heartbeat, Twin.Signed + (after ?? TimeSpan.FromMinutes(1)))));
}
