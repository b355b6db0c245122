using System.Net;

namespace Dispatch.Tests.Statistics;

[TestClass]
public sealed class MonthViewTests
{
    [TestMethod]
    public async Task Month_OfWhichNothingIsKnown_IsMissingUntilACaseIsReported()
    {
        await using var city = await SmallCity.BuildAsync();

        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/months/2017-08"), HttpStatusCode.NotFound, "month-unknown");
        await city.RecordAsync("d-2", "S01", "2017-07-31");

        var status = (await city.GetAsync("months/2017-08")).GetProperty("status").GetString();
        Assert.AreEqual("open", status, "a complaint counts in the month in which it is submitted");
        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/months/2017-07"), HttpStatusCode.NotFound, "month-unknown");
    }
}
