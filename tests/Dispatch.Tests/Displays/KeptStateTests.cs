namespace Dispatch.Tests.Displays;

/// <summary>States that an external broker has kept and sends because the server subscribes.</summary>
[TestClass]
public sealed class KeptStateTests
{
    [TestMethod]
    [DataRow(449, true)]
    [DataRow(450, true)]
    [DataRow(451, false)]
    public async Task Kept_NewToTheServer_IsAsOldAsTheCabSays(int seconds, bool online)
    {
        await using var city = await DisplayCity.BuildAsync();
        var cab = TestCab.Of(await city.ProvisionAsync(1));
        var at = city.Time.GetUtcNow();
        city.Time.Advance(TimeSpan.FromSeconds(seconds));

        await PutAsync(city, cab, cab.StateJson(lit: "11000"));

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11000");
        Assert.AreEqual((at, online), (twin.ReceivedAt, twin.Online), "a display is offline after three silent heartbeats");
        Assert.IsEmpty(city.Refused.Of(null));
    }

    [TestMethod]
    public async Task Kept_FromACabAheadOfTheTime_IsNotFromTheFuture()
    {
        await using var city = await DisplayCity.BuildAsync();
        var cab = TestCab.Of(await city.ProvisionAsync(1));

        await PutAsync(city, cab, cab.StateJson().Replace("\"at\":1514865600", "\"at\":1514865601", StringComparison.Ordinal));

        Assert.AreEqual(city.Time.GetUtcNow(), (await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online)).ReceivedAt);
    }

    [TestMethod]
    public async Task Kept_FromACabWithoutAClock_IsOfflineUntilItIsHeard()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        await PutAsync(city, cab, cab.StateJson(lit: "11000").Replace("\"at\":1514865600", "\"at\":0", StringComparison.Ordinal));

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11000");
        Assert.AreEqual((null, false), (twin.ReceivedAt, twin.Online));
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
    }

    [TestMethod]
    public async Task Kept_HeardBefore_IsNoReplayAndNoFresher()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var (older, json) = (cab.StateJson(lit: "10000"), cab.StateJson(lit: "11000"));
        await cab.PublishAsync("state", cab.Sign(json));
        var at = (await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online)).ReceivedAt;
        city.Time.Advance(TimeSpan.FromSeconds(50));

        await PutAsync(city, cab, older);
        await PutAsync(city, cab, json);
        cab.Journal = "ffeeddccbbaa9988";
        await cab.SendStateAsync(lit: "11100");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11100");
        await PutAsync(city, cab, json);
        await cab.SendStateAsync(lit: "11110");

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11110");
        Assert.AreEqual(at + TimeSpan.FromSeconds(50), twin.ReceivedAt);
        Assert.IsEmpty(city.Refused.Of(null), "older ones and superseded ones are passed over");
    }

    [TestMethod]
    public async Task Kept_ForgedOrForeign_IsRefusedAsEver()
    {
        await using var city = await DisplayCity.BuildAsync();
        var cab = TestCab.Of(await city.ProvisionAsync(1));

        await city.Inbox.PutAsync(
            new(cab.Topic("state"), TestCab.Sign(cab.StateJson(), new byte[32]), city.Time.GetUtcNow(), IsRetained: true), CancellationToken.None);

        await city.AwaitRefusedAsync("mac");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.ReceivedAt is null);
    }

    private static ValueTask PutAsync(DisplayCity city, TestCab cab, string json) =>
        city.Inbox.PutAsync(new(cab.Topic("state"), cab.Sign(json), city.Time.GetUtcNow(), IsRetained: true), CancellationToken.None);
}
