using System.Threading.Channels;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.Displays;

[TestClass]
public class WindscreenTests
{
    internal virtual DatabaseProvider Database => DatabaseProvider.Sqlite;

    [TestMethod]
    public async Task Windscreen_NobodySignedOn_IsVacant()
    {
        await using var city = await BuildAsync();
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
        await using var city = await BuildAsync();
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
        await using var city = await BuildAsync();
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
        await using var city = await BuildAsync();
        await city.PublishAsync("2017-12", 4, 3);
        await city.SignOnAsync(driver: 2, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);

        var rating = await cab.NextAsync("rating");

        Assert.AreEqual(900, rating.Json.GetProperty("hold").GetInt64());
    }

    [TestMethod]
    public async Task Shift_Moved_VacatesTheOldCabFirst()
    {
        await using var city = await BuildAsync();
        await city.PublishAsync("2017-12", 4, 3);
        await city.SignOnAsync(driver: 1, cab: 2);
        var order = Channel.CreateUnbounded<Received>();
        await using var second = await TestCab.ConnectAsync(await city.ProvisionAsync(2), city.MqttPort, order);
        await using var first = await TestCab.ConnectAsync(await city.ProvisionAsync(1), city.MqttPort, order);
        await second.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        await first.NextAsync("rating");
        while (order.Reader.TryRead(out _))
            continue;

        // Only the new cab is named: the old one must be found.
        await city.MoveUnseenAsync(driver: 1, toCab: 1);
        await city.NudgeAsync(1);

        using var late = new CancellationTokenSource(DisplayCity.Patience);
        var ratings = new List<Received>();
        while (ratings.Count < 2)
        {
            var received = await order.Reader.ReadAsync(late.Token);
            if (received.Leaf == "rating")
                ratings.Add(received);
        }
        // Two connections: what arrives first need not have been sent first, so that the order is proven by the handover below.
        CollectionAssert.AreEquivalent(new[] { "vacant", "rated" }, ratings.ConvertAll(r => r.Kind));
        Assert.AreEqual("tc/v1/d/disp-0002/rating", ratings.Single(r => r.Kind == "vacant").Topic);
    }

    [TestMethod]
    public async Task Rating_SevenDaysOld_IsRenewed()
    {
        await using var city = await BuildAsync();
        await city.PublishAsync("2017-12", 4);
        var published = city.Now;
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        var first = await cab.NextAsync("rating");

        city.Time.Advance(TimeSpan.FromDays(7));

        var renewed = await cab.NextAsync("rating", json => json.GetProperty("rev").GetInt64() != first.Rev);
        Assert.AreEqual(city.Now, renewed.Rev);
        Assert.AreEqual(published, renewed.Json.GetProperty("from").GetInt64());
        Assert.AreEqual(published + 42 * 86_400, renewed.Json.GetProperty("until").GetInt64());
    }

    [TestMethod]
    public async Task Server_RestartedWeeksLater_PublishesFreshRatings()
    {
        await using var city = await BuildAsync();
        await city.PublishAsync("2017-12", 4);
        await city.SignOnAsync(driver: 1, cab: 1);
        var unit = await city.ProvisionAsync(1);
        await city.AwaitTwinAsync(unit.Id, twin => twin.Kind == RatingKind.Rated);
        await city.StopAsync();

        city.Time.Advance(TimeSpan.FromDays(60));
        await city.RestartAfterStopAsync();

        await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
        var rating = await cab.NextAsync("rating");
        Assert.IsGreaterThan(city.Now + 27 * 86_400, rating.Json.GetProperty("until").GetInt64());
    }

    [TestMethod]
    public async Task Server_Restarted_PublishesTheSameBytes()
    {
        await using var city = await BuildAsync();
        await city.PublishAsync("2017-12", 4);
        await city.SignOnAsync(driver: 1, cab: 1);
        var unit = await city.ProvisionAsync(1);
        Received before;
        await using (var cab = await TestCab.ConnectAsync(unit, city.MqttPort))
            before = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");

        await city.StopAsync();
        city.Time.Advance(TimeSpan.FromMinutes(5));
        await city.RestartAfterStopAsync();

        await using var again = await TestCab.ConnectAsync(unit, city.MqttPort);
        var after = await again.NextAsync("rating");
        CollectionAssert.AreEqual(before.Payload, after.Payload, "the same revision with the same MAC is a confirmation");
    }

    private Task<DisplayCity> BuildAsync(int cabs = 2, bool start = true) => DisplayCity.BuildAsync(Database, cabs, start);
}
