using System.Net;

namespace Dispatch.Tests.Statistics;

[TestClass]
public sealed class MonthViewTests
{
    [TestMethod]
    public async Task Month_WithoutAClose_IsMissingWhateverIsReportedInIt()
    {
        await using var city = await SmallCity.BuildAsync();

        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/months/2017-08"), HttpStatusCode.NotFound, "month-unknown");
        await city.RecordAsync("d-2", "S01", "2017-07-31");

        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/months/2017-08"), HttpStatusCode.NotFound, "month-unknown");
        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/months/2017-07"), HttpStatusCode.NotFound, "month-unknown");
    }
}
