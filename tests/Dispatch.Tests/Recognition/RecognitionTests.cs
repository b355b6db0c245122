using System.Net;

namespace Dispatch.Tests.Recognition;

[TestClass]
public class RecognitionTests : CityTests
{
    [TestMethod]
    public async Task Shortlist_FiveMonthsPublished_IsEmptyAndWithTheSixthItIsNot()
    {
        await CloseAsync(3, 7);
        Assert.AreEqual(0, (await City.GetAsync("recognition/shortlist?period=2017-07")).GetArrayLength());

        await CloseAsync(8, 8);
        Assert.AreEqual(3, (await City.GetAsync("recognition/shortlist?period=2017-08")).GetArrayLength());
    }

    [TestMethod]
    public async Task Shortlist_LiveDeduction_LeavesTheDriverOutAndMeritsRankTheOthers()
    {
        await City.SetTodayAsync(new DateOnly(2017, 3, 10));
        await City.UpholdAsync("d-1", "S10", "2017-03-09");
        await City.UpholdAsync("d-3", "M01", "2017-03-09", "merit");
        await CloseAsync(3, 8);

        var shortlist = await City.GetAsync("recognition/shortlist?period=2017-08");

        Assert.AreEqual("1 d-3 15, 2 d-2 0", string.Join(", ", shortlist.EnumerateArray().Select(
            e => $"{e.GetProperty("rank")} {e.GetProperty("driver").GetString()} {e.GetProperty("merits").GetDecimal():0.##}")));
    }

    [TestMethod]
    public async Task Shortlist_MonthNotPublished_IsRefused()
    {
        var response = await City.Client.GetAsync("/api/v1/recognition/shortlist?period=2017-08");

        await SmallCity.AssertRefusalAsync(response, HttpStatusCode.NotFound, "month-not-published");
    }

    [TestMethod]
    public async Task Referral_DriverOnShortlist_IsKeptOnceAYear()
    {
        await CloseAsync(3, 8);

        await City.PostAsync("recognition/referrals", Referral("d-2"));

        await City.RefusedAsync("recognition/referrals", Referral("d-2"), HttpStatusCode.Conflict, "referred-already");
        var referrals = await City.GetAsync("recognition/referrals?year=2017");
        Assert.AreEqual("d-2", referrals.EnumerateArray().Single().GetProperty("driver").GetString());
        Assert.AreEqual(0, (await City.GetAsync("recognition/referrals?year=2016")).GetArrayLength());
    }

    [TestMethod]
    public async Task Referral_DriverNotOnShortlist_IsRefused()
    {
        await City.SetTodayAsync(new DateOnly(2017, 3, 10));
        await City.UpholdAsync("d-2", "S10", "2017-03-09");
        await CloseAsync(3, 8);

        await City.RefusedAsync("recognition/referrals", Referral("d-2"), HttpStatusCode.UnprocessableEntity, "not-on-shortlist");
    }

    [TestMethod]
    [DataRow(SmallCity.Supervisor, "d-2", "Kind.", HttpStatusCode.Forbidden, "actor-not-allowed")]
    [DataRow(SmallCity.Officer, "d-9", "Kind.", HttpStatusCode.NotFound, "driver-unknown")]
    [DataRow(SmallCity.Officer, "d-2", " ", HttpStatusCode.BadRequest, "reason-length")]
    public async Task Referral_OfAnUnfitCommand_IsRefused(string actor, string driver, string reason, HttpStatusCode status, string rule)
    {
        await City.RefusedAsync("recognition/referrals", new { actor, driver, period = "2017-08", reason }, status, rule);
    }

    private static object Referral(string driver) => new { actor = SmallCity.Officer, driver, period = "2017-08", reason = "Praised by many." };

    private async Task CloseAsync(int first, int last)
    {
        await City.SetTodayAsync(new DateOnly(2017, last + 1, 2));
        for (var month = first; month <= last; month++)
            await City.CloseAsync($"2017-{month:00}");
    }
}
