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
    public void NextRev_LastReportedNow_IsAboveAll(long last, long reported, long now, long expected) =>
        Assert.AreEqual(expected, DesiredMessage.NextRev(last, reported, now));

    [TestMethod]
    [DataRow(86_399, true)]
    [DataRow(86_400, true)]
    [DataRow(86_401, false)]
    public void Credible_SecondsAhead_EndsAfterADay(long ahead, bool isCredible) =>
        Assert.AreEqual(isCredible ? 1_000 + ahead : 0, DesiredMessage.Credible(1_000 + ahead, 1_000));
}
