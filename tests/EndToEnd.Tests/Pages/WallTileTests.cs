using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Components.Wall;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Wire;

namespace EndToEnd.Tests.Pages;

/// <summary>Which face a windscreen is given, and when somebody must look.</summary>
[TestClass]
public sealed class WallTileTests
{
    private const long Signed = 1_514_822_400;

    private static readonly DateTimeOffset JustSigned = DateTimeOffset.FromUnixTimeSeconds(Signed);
    private static readonly DateTimeOffset LongSigned = JustSigned + WallTile.Grace;

    [TestMethod]
    [DataRow(4, "11111", "showing", WindscreenFace.Rated, 4, false)]
    [DataRow(1, "11000", "showing", WindscreenFace.Rated, 1, false)]
    [DataRow(0, "10000", "showing", WindscreenFace.Rated, 0, false)]
    [DataRow(3, "11111", "showing", WindscreenFace.Rated, 4, true)]
    [DataRow(4, "10100", "showing", WindscreenFace.Fault, null, true)]
    [DataRow(4, "00000", "fault", WindscreenFace.Fault, null, true)]
    [DataRow(4, "00000", "stale", WindscreenFace.Stale, null, true)]
    [DataRow(4, "00000", "nodata", WindscreenFace.Dark, null, true)]
    [DataRow(4, "00000", "vacant", WindscreenFace.Vacant, null, true)]
    public void Tile_RatedDriver_ShowsWhatWasMeasured(int stars, string lit, string state, WindscreenFace face, int? shown, bool isAlarm)
    {
        var tile = WallTile.Of(Twin(RatingKind.Rated, stars, lit, state), LongSigned);

        Assert.AreEqual((face, shown, lit, isAlarm), (tile.Face, tile.Stars, tile.Lit, tile.Alarm is not null));
    }

    [TestMethod]
    [DataRow("Vacant", "00000", "vacant", WindscreenFace.Vacant, false)]
    [DataRow("Vacant", "11100", "showing", WindscreenFace.Rated, true)]
    [DataRow("Unrated", "00000", "unrated", WindscreenFace.Unrated, false)]
    [DataRow("Unrated", "00000", "nodata", WindscreenFace.Dark, true)]
    public void Tile_NoStarsDesired_IsAlarmedByLightOrBySilence(string kind, string lit, string state, WindscreenFace face, bool isAlarm)
    {
        var tile = WallTile.Of(Twin(Enum.Parse<RatingKind>(kind), null, lit, state), LongSigned);

        Assert.AreEqual((face, isAlarm), (tile.Face, tile.Alarm is not null));
    }

    [TestMethod]
    public void Tile_Offline_ClaimsNoLight()
    {
        var twin = Twin(RatingKind.Rated, 4, "11111", "showing");
        var tile = WallTile.Of(twin with { Reported = twin.Reported with { Online = false } }, LongSigned);

        Assert.AreEqual((WindscreenFace.Offline, "00000", (WallAlarm?)null), (tile.Face, tile.Lit, tile.Alarm));
    }

    [TestMethod]
    [DataRow(-1, true)]
    [DataRow(0, false)]
    [DataRow(1, false)]
    public void Tile_DarkAfterPublication_WaitsUntilTheGraceIsOver(int ticks, bool waits)
    {
        var tile = WallTile.Of(Twin(RatingKind.Rated, 4, "00000", "vacant"), LongSigned.AddTicks(ticks));

        Assert.AreEqual((waits, waits, !waits), (tile.IsInGrace, tile.Face == WindscreenFace.Waiting, tile.Alarm is not null));
    }

    private static TwinSnapshot Twin(RatingKind kind, int? stars, string lit, string state)
    {
        var driver = kind == RatingKind.Vacant ? null : "d-0001";
        var desired = new DesiredRating
        {
            DisplayId = 1, Rev = Signed, Now = Signed, SignedEpoch = 1, Payload = [], Kind = kind, Stars = stars, Driver = driver,
        };
        var reported = new ReportedTwin { DisplayId = 1, Online = true, Rev = Signed, Lit = lit, State = state };
        return new(1, "disp-0001", 1, "cab-0001", "鲁K·T0001", "t-01", desired, 0, reported);
    }
}
