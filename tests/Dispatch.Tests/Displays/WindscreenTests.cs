using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

[TestClass]
public class WindscreenTests
{
    [TestMethod]
    public async Task Windscreen_NobodySignedOn_IsVacant()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        var rating = await cab.NextAsync("rating");

        Assert.AreEqual("vacant", rating.Kind);
        Assert.AreEqual(city.Now, rating.Rev);
        Assert.AreEqual(city.Now, rating.Json.GetProperty("now").GetInt64());
        Assert.IsFalse(rating.Json.TryGetProperty("driver", out _));
    }

    [TestMethod]
    public async Task Windscreen_DriverWithoutPublication_IsUnrated()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);

        var rating = await cab.NextAsync("rating");

        Assert.AreEqual("unrated", rating.Kind);
        Assert.AreEqual("d-1", rating.Json.GetProperty("driver").GetString());
        Assert.IsFalse(rating.Json.TryGetProperty("stars", out _));
        Assert.IsFalse(rating.Json.TryGetProperty("hold", out _));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    public async Task Windscreen_MonthPublished_ShowsStarsFor35Days(int stars)
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        var before = await cab.NextAsync("rating");

        await city.PublishAsync("2017-12", stars);

        var rating = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        Assert.AreEqual(before.Rev + 1, rating.Rev, "the clock stands still, so that the revision is one above the last");
        Assert.AreEqual(stars, rating.Json.GetProperty("stars").GetInt32());
        Assert.AreEqual("2017-12", rating.Json.GetProperty("period").GetString());
        Assert.AreEqual(city.Now, rating.Json.GetProperty("from").GetInt64());
        Assert.AreEqual(city.Now + 35 * 86_400, rating.Json.GetProperty("until").GetInt64());
        Assert.AreEqual(35 * 86_400, rating.Json.GetProperty("hold").GetInt64(), "the cab is the home of this driver alone");
    }

    [TestMethod]
    public async Task Windscreen_DriverOfAnotherCab_HoldsFor900Seconds()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4, 3);
        await city.SignOnAsync(driver: 2, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);

        var rating = await cab.NextAsync("rating");

        Assert.AreEqual(900, rating.Json.GetProperty("hold").GetInt64());
    }

    [TestMethod]
    [DataRow(new[] { 1, 2 })]
    [DataRow(new[] { 2, 1 })]
    [DataRow(new[] { 1 }, DisplayName = "Only the new cab is named: the old one is found")]
    public async Task Shift_Moved_VacatesTheOldCabFirst(int[] nudged)
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4, 3);
        await city.SignOnAsync(driver: 1, cab: 2);
        await using var first = await city.ConnectNewCabAsync(1);
        await using var second = await city.ConnectNewCabAsync(2);
        var beforeInSecond = await second.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        var beforeInFirst = await first.NextAsync("rating");
        city.Sent.Clear();

        await city.MoveUnseenAsync(driver: 1, toCab: 1);
        await city.NudgeAsync(nudged);

        Assert.AreEqual("vacant", (await second.NextNewsAsync("rating", beforeInSecond)).Kind);
        Assert.AreEqual("rated", (await first.NextNewsAsync("rating", beforeInFirst)).Kind);
        CollectionAssert.AreEqual(new[] { second.Topic("rating"), first.Topic("rating") }, city.Sent.Select(sent => sent.Topic).ToList());
    }

    [TestMethod]
    public async Task Nudge_NothingChanged_PublishesNothing()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await ChangeAsync(on: true);
        // Passes follow each other: when this second change is out, the full pass of the start is through.
        await ChangeAsync(on: false);
        city.Sent.Clear();

        await city.NudgeAsync(1);
        city.Windscreens.NudgeAll();
        await ChangeAsync(on: true);
        await ChangeAsync(on: false);

        Assert.HasCount(2, city.Sent);

        async Task ChangeAsync(bool on)
        {
            await (on ? city.SignOnAsync(driver: 1, cab: 1) : city.SignOffAsync(driver: 1));
            await city.NudgeAsync(1);
            await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == (on ? "unrated" : "vacant"));
        }
    }

    [TestMethod]
    public async Task Cab_BehindItsRating_GetsItAgainAfterPauses()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var rating = await cab.NextAsync("rating");
        var config = await cab.NextAsync("config");

        await cab.SendStateAsync(rev: rating.Rev - 1, configRev: config.Rev);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online && twin.IsBehind);
        city.Time.Advance(Repetition.FirstPause);
        await cab.SendStateAsync(rev: rating.Rev - 1, configRev: config.Rev);

        var again = await cab.NextAsync("rating");
        CollectionAssert.AreEqual(rating.Payload, again.Payload);
        Assert.IsFalse(cab.HasMore("config"), "the config was applied");
    }

    [TestMethod]
    public async Task Cab_BehindItsConfig_GetsItAgainAfterPauses()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var rating = await cab.NextAsync("rating");
        var config = await cab.NextAsync("config");

        await cab.SendStateAsync(rev: rating.Rev, configRev: config.Rev - 1);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online && twin.IsBehind);
        city.Time.Advance(TimeSpan.FromSeconds(15));
        await cab.SendStateAsync(rev: rating.Rev, configRev: config.Rev - 1);

        var again = await cab.NextAsync("config");
        CollectionAssert.AreEqual(config.Payload, again.Payload);
        Assert.IsFalse(cab.HasMore("rating"), "the rating was applied");
    }

    [TestMethod]
    public async Task Rating_SevenDaysOld_IsRenewed()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4);
        var published = city.Now;
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        var first = await cab.NextAsync("rating");

        city.Time.Pass(TimeSpan.FromDays(7));

        var renewed = await cab.NextAsync("rating", json => json.GetProperty("rev").GetInt64() != first.Rev);
        Assert.AreEqual(city.Now, renewed.Rev);
        Assert.AreEqual(published, renewed.Json.GetProperty("from").GetInt64());
        Assert.AreEqual(published + 42 * 86_400, renewed.Json.GetProperty("until").GetInt64());
    }

    [TestMethod]
    public async Task Server_RestartedWeeksLater_PublishesFreshRatings()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4);
        await city.SignOnAsync(driver: 1, cab: 1);
        var unit = await city.ProvisionAsync(1);
        await city.AwaitTwinAsync(unit.Id, twin => twin.Kind == RatingKind.Rated);
        await city.StopAsync();

        city.Time.Pass(TimeSpan.FromDays(60));
        await city.RestartAfterStopAsync();

        await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
        var rating = await cab.NextAsync("rating");
        Assert.IsGreaterThan(city.Now + 27 * 86_400, rating.Json.GetProperty("until").GetInt64());
    }

    [TestMethod]
    public async Task Server_Restarted_PublishesTheSameBytes()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4);
        await city.SignOnAsync(driver: 1, cab: 1);
        var unit = await city.ProvisionAsync(1);
        Received before;
        await using (var cab = await TestCab.ConnectAsync(unit, city.MqttPort))
            before = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");

        await city.StopAsync();
        city.Time.Pass(TimeSpan.FromMinutes(5));
        await city.RestartAfterStopAsync();

        await using var again = await TestCab.ConnectAsync(unit, city.MqttPort);
        var after = await again.NextAsync("rating");
        CollectionAssert.AreEqual(before.Payload, after.Payload, "the same revision with the same MAC is a confirmation");
    }

    [TestMethod]
    public async Task Windscreen_DriversSwapCabsInOnePass_GoesVacantInBetween()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.SignOnAsync(1, 1);
        await city.SignOnAsync(2, 2);
        await using var first = await city.ConnectNewCabAsync(1);
        await using var second = await city.ConnectNewCabAsync(2);
        var before = await first.NextAsync("rating", json => json.TryGetProperty("driver", out _));
        await second.NextAsync("rating", json => json.TryGetProperty("driver", out _));
        city.Sent.Clear();
        await city.SignOffAsync(1);
        await city.SignOffAsync(2);
        await city.SignOnAsync(1, 2);
        await city.SignOnAsync(2, 1);

        await city.NudgeAsync(1, 2);

        var vacant = await first.NextAsync("rating");
        Assert.AreEqual("vacant", vacant.Kind);
        var rating = await first.NextAsync("rating");
        Assert.AreEqual("d-2", rating.Json.GetProperty("driver").GetString());
        Assert.AreEqual("d-1", (await second.NextAsync("rating")).Json.GetProperty("driver").GetString());
        Assert.AreEqual((before.Rev + 1, before.Rev + 2), (vacant.Rev, rating.Rev));
        CollectionAssert.AreEqual(
            new[] { "disp-0001 -", "disp-0002 d-1", "disp-0001 d-2" },
            city.Sent.Where(sent => sent.Topic.EndsWith("/rating", StringComparison.Ordinal))
                .Select(sent => $"{sent.Topic.Split('/')[3]} {(sent.Json.TryGetProperty("driver", out var driver) ? driver.GetString() : "-")}").ToArray());
    }
}
