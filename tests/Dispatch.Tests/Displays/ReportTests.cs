using System.Text;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using MQTTnet.Exceptions;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Displays;

[TestClass]
public class ReportTests
{
    [TestMethod]
    [DecidedByDatabase("types: every column of a twin")]
    public async Task State_Accepted_IsInTheTwinAndInTheDatabase()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 3);
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        var rating = await cab.NextAsync("rating");
        var config = await cab.NextAsync("config");

        await cab.SendStateAsync(rating.Rev, config.Rev, "showing", "11110");

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        Assert.IsTrue(twin.ShowsDesired);
        Assert.AreEqual("3", twin.Light.ToString());
        Assert.AreEqual(city.Time.GetUtcNow(), twin.ReceivedAt);
        var stored = await city.WithDbAsync(db => db.ReportedTwins.SingleAsync());
        Assert.AreEqual(twin.Reported, stored);
        Assert.AreEqual(1, ShownCounts.Of(city.Standings.All)["3"]);
    }

    /// <summary>It was an update without a row, which failed the batch for all, and each one after it.</summary>
    [TestMethod]
    [DecidedByDatabase("transactions: an update that meets no row")]
    public async Task State_RowOfItsTwinIsGone_IsMadeAndOthersAreSaved()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var without = await city.ConnectNewCabAsync(1);
        await using var other = await city.ConnectNewCabAsync(2);
        Assert.AreEqual(1, await city.WithDbAsync(async db =>
        {
            var id = await db.Displays.Where(d => d.Code == without.Unit.Id).Select(d => d.Id).SingleAsync();
            return await db.ReportedTwins.Where(t => t.DisplayId == id).ExecuteDeleteAsync();
        }));

        foreach (var cab in new[] { without, other })
        {
            await cab.SendStateAsync(lit: "11000");
            await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
            await cab.NextAsync("incidents/ack");
        }

        Assert.AreEqual(2, await city.WithDbAsync(db => db.ReportedTwins.CountAsync(t => t.Lit == "11000")));
    }

    [TestMethod]
    public async Task LastWill_ConnectionLost_TakesTheCabOffline()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(lit: "11111");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);

        cab.Vanish();

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
        Assert.AreEqual("11111", twin.Lit, "what was last measured stays");
        Assert.AreEqual(1, ShownCounts.Of(city.Standings.All)["dark"]);
    }

    [TestMethod]
    public async Task LastWill_OtherBytes_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        var unit = await city.ProvisionAsync(1);
        var refused = 0;
        foreach (var will in new[] { "Offline", "offline ", "online" })
        {
            var cab = await TestCab.ConnectAsync(unit, city.MqttPort, will: will);
            cab.N = refused;
            await cab.SendStateAsync();
            await city.AwaitTwinAsync(unit.Id, twin => twin.Online && twin.Reported.N == cab.N);

            cab.Vanish();

            await city.AwaitRefusedAsync("length", ++refused);
            Assert.IsTrue(city.Board.All.Single().Online, will);
        }
    }

    [TestMethod]
    public async Task Cab_TakesLeave_IsOfflineAtOnce()
    {
        await using var city = await DisplayCity.BuildAsync();
        var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(lit: "11000");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);

        await cab.DisposeAsync();

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
        Assert.AreEqual("11000", twin.Lit, "the last will is taken back, and what was measured is not");
        Assert.IsEmpty(city.Refused.Of(null));
    }

    [TestMethod]
    public async Task Cab_ConnectedAgain_IsNotOfflineByTheConnectionBefore()
    {
        await using var city = await DisplayCity.BuildAsync();
        var unit = await city.ProvisionAsync(1);
        for (var n = 1; n <= 20; n++)
        {
            var before = await TestCab.ConnectAsync(unit, city.MqttPort);
            await before.DisposeAsync();
            await using var cab = await SpeakAsync(unit, city.MqttPort, n);
            await city.AwaitTwinAsync(unit.Id, twin => twin.Reported.N == n + 1);
            Assert.IsTrue(city.Board.All.Single().Online, $"time {n}");
        }
    }

    /// <summary>
    /// Connects and reports, again where the connection ends, as a unit does: the broker's library forgets a session by the client's name, and ends with it the
    /// connection that has begun in those microseconds (MQTTnet 5.2.0, <c>MqttClientSessionsManager.DeleteSessionAsync</c>).
    /// </summary>
    private static async Task<TestCab> SpeakAsync(UnitConfig unit, int port, int n)
    {
        for (var tries = 1; ; tries++)
        {
            var cab = await TestCab.ConnectAsync(unit, port);
            cab.N = n;
            try
            {
                await cab.SendStateAsync(lit: "11000");
                return cab;
            }
            catch (MqttClientDisconnectedException) when (tries < 3)
            {
                await cab.DisposeAsync();
            }
        }
    }

    [TestMethod]
    public async Task Cab_SilentForThreeHeartbeats_IsOffline()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);

        city.Time.Advance(TimeSpan.FromSeconds(480));

        await city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
    }

    [TestMethod]
    public async Task State_WithoutAuthority_ChangesNothing()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await using var other = await city.ConnectNewCabAsync(2);
        (string Reason, Func<byte[]> Payload)[] bad =
        [
            ("mac", () => cab.Sign(cab.StateJson(lit: "11111"), purpose: "down")),
            ("mac", () => other.Sign(cab.StateJson(lit: "11111"))),
            ("mac", () => TestCab.Sign(cab.StateJson(lit: "11111"), new byte[32])),
            ("form", () => Encoding.UTF8.GetBytes(cab.StateJson(lit: "11111"))),
            ("form", () => Encoding.UTF8.GetBytes(new string('0', 64) + " " + cab.StateJson(lit: "11111"))),
            ("form", () => cab.Sign("""{"v":1""")),
            ("form", () => cab.Sign("[1]")),
            ("form", () => cab.Sign("null")),
            ("form", () => cab.Sign("{\"v\":1,\"topic\":\"\\ud800\"}")),
            ("form", () => [.. cab.Sign("{}")[..64], (byte)'\n', 0xff, 0xfe]),
            ("topic", () => cab.Sign(cab.StateJson(lit: "11111", topic: other.Topic("state")))),
            ("topic", () => cab.Sign(cab.StateJson(lit: "11111", topic: cab.Topic("incidents")))),
        ];
        foreach (var group in bad.GroupBy(b => b.Reason))
        {
            foreach (var (_, payload) in group)
                await cab.PublishAsync("state", payload());
        }

        await city.AwaitRefusedAsync("mac", 4);
        await city.AwaitRefusedAsync("form", 6);
        await city.AwaitRefusedAsync("topic", 2);
        Assert.IsFalse(city.Board.All.Any(twin => twin.Online));
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
    }

    [TestMethod]
    public async Task State_Replayed_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var first = cab.Sign(cab.StateJson(boot: 2, lit: "11111"));
        await cab.PublishAsync("state", first);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        await cab.PublishAsync("state", cab.Sign(cab.StateJson(boot: 2)));
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "00000");

        await cab.PublishAsync("state", first);
        await city.AwaitRefusedAsync("old");
        await cab.PublishAsync("state", cab.Sign(cab.StateJson(boot: 1, lit: "11111")));
        await city.AwaitRefusedAsync("old", 2);

        Assert.AreEqual("00000", city.Board.All.Single().Lit);
        cab.N = 0;
        await cab.PublishAsync("state", cab.Sign(cab.StateJson(boot: 3, lit: "10000")));
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "10000");
    }

    [TestMethod]
    public async Task State_OfASupersededMemory_IsRefusedForEver()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(lit: "11111");
        cab.Journal = "ffeeddccbbaa9988";
        await cab.SendStateAsync(lit: "10000");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "10000");

        cab.Journal = "00112233445566aa";
        cab.N = 1_000;
        await cab.SendStateAsync(lit: "11111");
        await city.AwaitRefusedAsync("superseded");
        await city.StopAsync();
        await city.RestartAfterStopAsync();
        await using var again = await TestCab.ConnectAsync(cab.Unit, city.MqttPort);
        again.N = 2_000;
        await again.SendStateAsync(lit: "11111");

        await city.AwaitRefusedAsync("superseded");
        await city.AwaitAllTwinsAsync(1, _ => true);
        Assert.AreEqual("10000", city.Board.All.Single().Lit);
    }

    [TestMethod]
    public async Task State_ReplayedAfterARestart_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var state = cab.Sign(cab.StateJson());
        await cab.PublishAsync("state", state);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        await city.StopAsync();
        await city.RestartAfterStopAsync();

        await using var again = await TestCab.ConnectAsync(cab.Unit, city.MqttPort);
        await again.PublishAsync("state", state);

        await city.AwaitRefusedAsync("old");
        // The board of a new server fills with the reconciler's first pass.
        await city.AwaitAllTwinsAsync(1, _ => true);
        Assert.IsFalse(city.Board.All.Single().Online, "nobody is online who has not said so to this server");
    }

    [TestMethod]
    [DecidedByDatabase("transactions: many states in one")]
    public async Task States_OfACityAtOnce_AreSavedInFewTransactions()
    {
        const int Cabs = 205;
        await using var city = await DisplayCity.BuildAsync(Cabs);
        var states = new List<CabMessage>();
        for (var n = 1; n <= Cabs; n++)
        {
            await using var cab = TestCab.Of(await city.ProvisionAsync(n));
            states.Add(new(cab.Topic("state"), cab.Sign(cab.StateJson(lit: "11111")), city.Time.GetUtcNow()));
        }
        using var commits = new CommitCount(city.Folder);

        foreach (var state in states)
            await city.Inbox.PutAsync(state, CancellationToken.None);

        await city.AwaitAllTwinsAsync(Cabs, twin => twin.Online);
        Assert.IsLessThan(20, commits.Count);
        Assert.AreEqual(Cabs, await city.WithDbAsync(db => db.ReportedTwins.CountAsync(twin => twin.Online)));
    }
}
