using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class RatingContentTests
{
    private const long Day = 86_400;

    private static readonly DateTimeOffset Published = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow(-1, 35, DisplayName = "clock set back: the window stays")]
    [DataRow(0, 35)]
    [DataRow(7 * Day - 1, 35)]
    [DataRow(7 * Day, 42)]
    [DataRow(7 * Day + 1, 42)]
    [DataRow(365 * Day, 35 + 364)]
    public void Rated_SecondsAfterPublication_IsValidUntilDay(long seconds, long untilDay)
    {
        var rating = RatingContent.Rated(3, "2017-12", "d-1", isSole: false, Published, Published.AddSeconds(seconds));

        Assert.AreEqual(Published.ToUnixTimeSeconds(), rating.From);
        Assert.AreEqual(untilDay * Day, rating.Until - rating.From);
    }

    /// <summary>Signed on, or published, while the server's clock was ahead.</summary>
    [TestMethod]
    [DataRow(300, 0, DisplayName = "as much as clocks differ")]
    [DataRow(301, -7)]
    [DataRow(7 * Day, -7)]
    [DataRow(7 * Day + 1, -14)]
    [DataRow(60 * Day, -63, DisplayName = "60 days ahead")]
    public void Unrated_SignedOnInTheFuture_CountsAsPeriodsEarlier(long ahead, long fromDay)
    {
        var now = Published.AddSeconds(-ahead);
        var unrated = RatingContent.Unrated("d-1", Published, now);

        Assert.AreEqual(fromDay * Day, unrated.From - Published.ToUnixTimeSeconds());
        Assert.AreEqual(35 * Day, unrated.Until - unrated.From);
        Assert.AreEqual(unrated, RatingContent.Unrated("d-1", Published, now.AddMilliseconds(1)), "deriving it again gives the same");
        Assert.IsLessThanOrEqualTo(now.ToUnixTimeSeconds() + 300, unrated.From!.Value);
    }

    [TestMethod]
    public void HoldAt_AnyKind_IsForRatedAlone()
    {
        var now = Published.AddDays(3);
        var sole = RatingContent.Rated(3, "2017-12", "d-1", isSole: true, Published, now);

        Assert.AreEqual(32 * Day, sole.HoldAt(now.ToUnixTimeSeconds()));
        Assert.AreEqual(900, (sole with { IsSole = false }).HoldAt(now.ToUnixTimeSeconds()));
        Assert.IsNull(RatingContent.Vacant.HoldAt(now.ToUnixTimeSeconds()));
        Assert.IsNull(RatingContent.Unrated("d-1", Published, now).HoldAt(now.ToUnixTimeSeconds()));
    }

    [TestMethod]
    [DataRow(0, 0, 100, 100)]
    [DataRow(99, 0, 100, 100)]
    [DataRow(100, 0, 100, 101)]
    [DataRow(101, 0, 100, 102)]
    [DataRow(50, 200, 100, 201)]
    [DataRow(34_560_098, 0, 100, 34_560_099, DisplayName = "399 days and 23:59:59 ahead")]
    [DataRow(34_560_099, 0, 100, 34_560_100, DisplayName = "400 days ahead")]
    [DataRow(34_560_100, 0, 100, 100, DisplayName = "further than a cab takes: begins again with the clock")]
    [DataRow(4_102_444_800, 7, 100, 100)]
    public void NextRev_LastReportedNow_IsAboveAll(long last, long reported, long now, long expected) =>
        Assert.AreEqual(expected, DesiredMessage.NextRev(last, reported, now));

    [TestMethod]
    [DataRow("rev", 34_560_000)]
    [DataRow("until", 3_110_400)]
    [DataRow("exp", 86_400)]
    public void Sign_BeyondWhatACabTakes_Throws(string field, long bound)
    {
        var now = Published.ToUnixTimeSeconds();
        foreach (var beyond in new[] { -1, 0 })
            Assert.IsNotEmpty(Write(now + bound + beyond));
        var thrown = Assert.ThrowsExactly<InvalidOperationException>(() => Write(now + bound + 1));
        StringAssert.Contains(thrown.Message, $"'{field}'", StringComparison.Ordinal);

        byte[] Write(long value) => field switch
        {
            "rev" => [
                .. DownMessages.Rating("disp-0001", value, now, RatingContent.Vacant),
                .. DownMessages.Config("disp-0001", value, now, new(60, 1_000, 20, 2_000, 5, null, null, 1)),
                .. DownMessages.Command("disp-0001", value, now, "identify", now)],
            "until" => DownMessages.Rating("disp-0001", now, now, new(RatingKind.Unrated, Driver: "d-1", From: now, Until: value)),
            _ => DownMessages.Command("disp-0001", now, now, "identify", value),
        };
    }

    [TestMethod]
    [DataRow(86_399, true)]
    [DataRow(86_400, true)]
    [DataRow(86_401, false)]
    public void Credible_SecondsAhead_EndsAfterADay(long ahead, bool isCredible) =>
        Assert.AreEqual(isCredible ? 1_000 + ahead : 0, DesiredMessage.Credible(1_000 + ahead, 1_000));
}
