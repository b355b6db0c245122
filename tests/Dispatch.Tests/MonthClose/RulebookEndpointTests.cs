using System.Net;
using System.Text.Json;

namespace Dispatch.Tests.MonthClose;

/// <summary>The rulebook as the API tells it.</summary>
[TestClass]
public sealed class RulebookEndpointTests
{
    [TestMethod]
    public async Task Rulebook_InForceOrNotInstalled_IsToldOrRefused()
    {
        await using var city = await SmallCity.BuildAsync();

        var versions = await city.GetAsync("rulebooks/rongcheng-taxi");
        Assert.AreEqual(JsonValueKind.Array, versions.ValueKind);
        Assert.IsGreaterThan(0, versions.GetArrayLength());

        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/rulebooks/cn-national"), HttpStatusCode.NotFound, "rulebook-unknown");
        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("/api/v1/rulebooks/none"), HttpStatusCode.NotFound, "rulebook-unknown");
    }
}
