using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays;

namespace Dispatch.Tests.Displays;

[TestClass]
public class IncidentTests
{
    [TestMethod]
    public async Task Incidents_Acknowledged_AreInTheDatabase()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2, 5)));

        var ack = await cab.NextAsync("incidents/ack");
        Assert.AreEqual(5, ack.Json.GetProperty("through").GetInt64());
        Assert.AreEqual(cab.Journal, ack.Json.GetProperty("journal").GetString());
        Assert.AreEqual(city.Now, ack.Json.GetProperty("now").GetInt64());
        Assert.IsFalse(ack.Retained);
        Assert.AreEqual(3, await city.WithDbAsync(db => db.Incidents.CountAsync()));
    }

    [TestMethod]
    [DecidedByDatabase("transactions: a key that is there already")]
    public async Task Incidents_SentAgain_AreStoredOnceAndAcknowledgedAgain()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2)));
        await cab.NextAsync("incidents/ack");

        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2, 3)));
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(2, 3)));

        Assert.AreEqual(3, (await cab.NextAsync("incidents/ack")).Json.GetProperty("through").GetInt64());
        Assert.AreEqual(3, (await cab.NextAsync("incidents/ack")).Json.GetProperty("through").GetInt64());
        CollectionAssert.AreEqual(new[] { 1L, 2, 3 }, await city.WithDbAsync(db => db.Incidents.OrderBy(i => i.Id).Select(i => i.Seq).ToListAsync()));
    }

    [TestMethod]
    public async Task Incidents_SameNumbersOfAnotherMemory_AreOthers()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
        cab.Journal = "ffeeddccbbaa9988";
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));

        await cab.NextAsync("incidents/ack");
        await cab.NextAsync("incidents/ack");
        Assert.AreEqual(2, await city.WithDbAsync(db => db.Incidents.CountAsync()));
    }

    [TestMethod]
    public async Task Incidents_KindOfALaterFirmware_IsKeptAsItIs()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1).Replace("power-on", "Überhitzt", StringComparison.Ordinal)));

        await cab.NextAsync("incidents/ack");
        Assert.AreEqual("Überhitzt", await city.WithDbAsync(db => db.Incidents.Select(i => i.Kind).SingleAsync()));
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: a trigger refuses the row")]
    public async Task Incidents_DatabaseRefuses_AreNotAcknowledgedUntilItTakesThem()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.NextAsync("rating");
        await city.WithDbAsync(db => db.RefuseIncidentsAsync());

        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
        await cab.SendStateAsync(lit: "11111");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11111");
        await city.AwaitErrorAsync();
        Assert.IsFalse(cab.HasMore("incidents/ack"));
        await city.WithDbAsync(db => db.TakeIncidentsAsync());
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));

        await cab.NextAsync("incidents/ack");
        Assert.AreEqual(
            "11111", await city.WithDbAsync(db => db.ReportedTwins.Select(t => t.Lit).SingleAsync()), "a report that a failed commit lost is made up for");
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: a trigger refuses one row of a batch")]
    public async Task Incidents_OneOfABatchIsRefused_OthersAreStoredAndAcknowledged()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 2);
        await using var poisoned = await city.ConnectNewCabAsync(1);
        await using var other = await city.ConnectNewCabAsync(2);
        await city.WithDbAsync(db => db.RefuseOneIncidentAsync());
        var poison = poisoned.Sign(poisoned.IncidentsJson(1).Replace("power-on", "poison", StringComparison.Ordinal));

        for (var n = 1; n <= 3; n++)
        {
            await poisoned.PublishAsync("incidents", poison);
            await other.PublishAsync("incidents", other.Sign(other.IncidentsJson(n)));
            Assert.AreEqual(n, (await other.NextAsync("incidents/ack")).Json.GetProperty("through").GetInt64());
            await city.AwaitRefusedAsync("unsavable", n);
        }
        await city.AwaitErrorAsync();
        Assert.IsFalse(poisoned.HasMore("incidents/ack"));
        await poisoned.SendStateAsync(lit: "11100");
        await city.AwaitTwinAsync(poisoned.Unit.Id, twin => twin.Lit == "11100");

        await city.WithDbAsync(db => db.TakeIncidentsAsync());
        await poisoned.PublishAsync("incidents", poison);
        await poisoned.NextAsync("incidents/ack");
        Assert.AreEqual(4, await city.WithDbAsync(db => db.Incidents.CountAsync()));
    }

    [TestMethod]
    public async Task Incidents_FloodOfOneUnit_KeepsAtMostFiveHundredAtOnce()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        for (var n = 0; n < 51; n++)
            await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson([.. Enumerable.Range(10 * n + 1, 10).Select(seq => (long)seq)])));

        for (var n = 1; n <= 50; n++)
            Assert.AreEqual(10L * n, (await cab.NextAsync("incidents/ack")).Json.GetProperty("through").GetInt64());
        await city.AwaitRefusedAsync("rate", 1);
        Assert.AreEqual(500, await city.WithDbAsync(db => db.Incidents.CountAsync()));
    }

    [TestMethod]
    public async Task Messages_FloodOfOneUnit_AreDroppedBeforeTheyAreParsed()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 2);
        await using var loud = await city.ConnectNewCabAsync(1);
        await using var other = await city.ConnectNewCabAsync(2);

        for (var n = 0; n < 250; n++)
            await loud.PublishAsync("state", [(byte)'x']);
        await other.SendStateAsync(lit: "11110");
        await city.AwaitTwinAsync(other.Unit.Id, twin => twin.Lit == "11110");

        var refused = city.Refused.Of(loud.Unit.Id);
        Assert.IsGreaterThanOrEqualTo(150, refused["rate"]);
        Assert.IsLessThanOrEqualTo(100, refused.GetValueOrDefault("length"));
    }
}
