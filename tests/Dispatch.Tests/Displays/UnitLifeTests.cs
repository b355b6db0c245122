using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Displays;

/// <summary>
/// A unit is replaced, revoked, returned to stock, scrapped, moved and given another key: its history stays, and a dead identity is dead at once.
/// </summary>
[TestClass]
public class UnitLifeTests
{
    [TestMethod]
    public async Task Replace_UnitThatIsConnected_KillsItAtOnceAndTheCabKeepsItsPlace()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4);
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var old = await city.ConnectNewCabAsync(1);
        await old.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        await old.PublishAsync("incidents", old.Sign(old.IncidentsJson(1, 2)));
        await old.NextAsync("incidents/ack");

        var replaced = await PostAsync(city, "disp-0001/replace", new { id = "disp-0009", to = "revoked", reason = "stolen" });
        var unit = await IssuedAsync(replaced, HttpStatusCode.Created);

        await old.Closed;
        await Assert.ThrowsAsync<Exception>(() => TestCab.ConnectAsync(old.Unit, city.MqttPort));
        await using var next = await TestCab.ConnectAsync(unit, city.MqttPort);
        var rating = await next.NextAsync("rating");
        Assert.AreEqual(("rated", 4), (rating.Kind, rating.Json.GetProperty("stars").GetInt32()));
        await next.SendStateAsync(rating.Rev, (await next.NextAsync("config")).Rev, "showing", "11111");
        await city.AwaitTwinAsync("disp-0009", twin => twin.ShowsDesired);
        Assert.AreEqual(1, city.Board.All.Count, "the old one is no windscreen any more");
        Assert.AreEqual("disp-0009", await DisplayOfCabAsync(city, 1));
        var gone = await city.Client.GetFromJsonAsync<JsonElement>("displays/units/disp-0001");
        var line = gone.GetProperty("unit");
        Assert.AreEqual(("revoked", "stolen"), (line.GetProperty("rest").GetString(), line.GetProperty("reason").GetString()));
        Assert.AreEqual("c-1", gone.GetProperty("before")[0].GetProperty("cab").GetString());
        Assert.AreEqual(2, (await city.Client.GetFromJsonAsync<JsonElement>("displays/disp-0001/incidents")).GetArrayLength(), "its history stays");
        var row = await city.WithDbAsync(db => db.Displays.SingleAsync(d => d.Code == "disp-0001"));
        Assert.AreEqual((0, 0), (row.SealedRootKey.Length, row.PasswordSha256.Length), "nothing is left of its keys");
        Assert.AreEqual(0, city.Refused.Of(null).GetValueOrDefault("mac"));
    }

    [TestMethod]
    public async Task TakeOut_UnitThatIsConnected_LeavesTheCabWithoutAWindscreen()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);

        (await PostAsync(city, "disp-0001/take-out", new { to = "stock", reason = "cab sold" })).EnsureSuccessStatusCode();

        await cab.Closed;
        await AwaitNoTwinAsync(city);
        Assert.IsNull(await DisplayOfCabAsync(city, 1));
        var listed = await city.Client.GetFromJsonAsync<JsonElement>("displays/units?rest=stock");
        Assert.AreEqual("disp-0001", listed.EnumerateArray().Single().GetProperty("id").GetString());
        Assert.AreEqual(0, (await city.Client.GetFromJsonAsync<JsonElement>("displays/units?rest=cab")).GetArrayLength());
        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("displays/units?rest=shelf"), HttpStatusCode.BadRequest, "rest-unknown");
        await SmallCity.AssertRefusalAsync(await city.Client.GetAsync("displays/units/disp-0009"), HttpStatusCode.NotFound, "display-unknown");
    }

    [TestMethod]
    public async Task Provision_UnitInStock_GetsANewKeyAndAnotherCab()
    {
        await using var city = await DisplayCity.BuildAsync();
        var first = await city.ProvisionAsync(1);
        (await PostAsync(city, "disp-0001/take-out", new { to = "stock", reason = "repaired" })).EnsureSuccessStatusCode();

        var again = (await city.TryProvisionAsync("disp-0001", "c-2")).Value;

        Assert.AreNotEqual(first.Key, again.Key);
        Assert.AreEqual(2, again.Epoch);
        await using var cab = await TestCab.ConnectAsync(again, city.MqttPort, epoch: again.Epoch);
        await cab.NextAsync("rating");
        Assert.AreEqual(1, (await city.WithDbAsync(db => db.PastPlacements.SingleAsync())).CabId);
        Assert.IsNull((await city.TryProvisionAsync("disp-0002", "c-1")).Refusal, "the place it left is free");
    }

    [TestMethod]
    public async Task Rekey_UnitThatIsConnected_KillsTheOldKeyAndKeepsTheCab()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var old = await city.ConnectNewCabAsync(1);
        await old.SendStateAsync((await old.NextAsync("rating")).Rev, (await old.NextAsync("config")).Rev);
        await city.AwaitTwinAsync(old.Unit.Id, twin => twin.ShowsDesired);

        var unit = await IssuedAsync(await PostAsync(city, "disp-0001/keys/renew", new { }), HttpStatusCode.OK);

        await old.Closed;
        await city.AwaitTwinAsync(old.Unit.Id, twin => !twin.Online);
        await Assert.ThrowsAsync<Exception>(() => TestCab.ConnectAsync(old.Unit, city.MqttPort));
        await city.AwaitRefusedAsync("password");
        await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort, epoch: unit.Epoch);
        // A unit formats its memory for another key. All that it gets is signed with that, or the cab would throw.
        cab.Journal = "ffeeddccbbaa9988";
        await cab.SendStateAsync((await cab.NextAsync("rating")).Rev, (await cab.NextAsync("config")).Rev);
        await city.AwaitTwinAsync(unit.Id, twin => twin.ShowsDesired);
    }

    [TestMethod]
    public async Task Rekey_UnitWhoseKeyCannotBeOpened_HoldsItNoMore()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.ProvisionAsync(1);
        await city.StopAsync();
        foreach (var key in Directory.GetFiles(city.Options.Folder.Keys))
            File.Delete(key);
        city.Build();
        await city.StartAsync();
        await city.AwaitErrorAsync();

        var unit = await IssuedAsync(await PostAsync(city, "disp-0001/keys/renew", new { }), HttpStatusCode.OK);

        await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort, epoch: unit.Epoch);
        await cab.NextAsync("rating");
        Assert.AreEqual("[]", (await city.Client.GetFromJsonAsync<JsonElement>("displays")).GetProperty("held").ToString());
    }

    [TestMethod]
    public async Task Rekey_UnitThatIsHeld_EndsTheHold()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync(rev: (await cab.NextAsync("rating")).Rev + 500);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Held == TaxiCredit.Dispatch.Features.Displays.Twins.HeldBecause.Display);

        var unit = await IssuedAsync(await PostAsync(city, "disp-0001/keys/renew", new { }), HttpStatusCode.OK);

        await using var next = await TestCab.ConnectAsync(unit, city.MqttPort, epoch: unit.Epoch);
        await next.NextAsync("rating");
        Assert.IsEmpty(await city.WithDbAsync(db => PublishingHolds.OpenAsync(db, CancellationToken.None)));
    }

    [TestMethod]
    [DataRow(65_534, true)]
    [DataRow(65_535, false)]
    public async Task Rekey_ByEpoch_EndsWithTheLast(int epoch, bool rekeys)
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        await city.ProvisionAsync(1);
        await city.WithDbAsync(db => db.Set<Display>().ExecuteUpdateAsync(rows => rows.SetProperty(display => display.Epoch, epoch)));

        var answer = await PostAsync(city, "disp-0001/keys/renew", new { });

        if (rekeys)
            Assert.AreEqual(65_535, (await IssuedAsync(answer, HttpStatusCode.OK)).Epoch);
        else
            await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.Conflict, "epochs-used-up");
    }

    [TestMethod]
    public async Task Move_ToACabWithADriver_ShowsThatDriverWithTheSameKey()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4, 2);
        await city.SignOnAsync(driver: 1, cab: 1);
        await city.SignOnAsync(driver: 2, cab: 2);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");

        (await PostAsync(city, "disp-0001/move", new { cab = "c-2" })).EnsureSuccessStatusCode();

        var rating = await cab.NextAsync("rating");
        Assert.AreEqual(("d-2", 2), (rating.Json.GetProperty("driver").GetString(), rating.Json.GetProperty("stars").GetInt32()));
        Assert.AreEqual("c-2", (await city.AwaitTwinAsync("disp-0001", twin => twin.Cab == "c-2")).Cab);
        Assert.AreEqual((null, "disp-0001"), (await DisplayOfCabAsync(city, 1), await DisplayOfCabAsync(city, 2)));
        var (_, lines) = await city.WithDbAsync(Verified.RunAsync);
        Assert.IsEmpty(lines.Where(line => line.Contains("DesiredRatings", StringComparison.Ordinal)), "what the other cab was shown was right then");
    }

    [TestMethod]
    public async Task Units_AgainstARule_AreRefused()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 3);
        foreach (var n in new[] { 1, 2 })
            await city.ProvisionAsync(n);
        await city.TryProvisionAsync("disp-0003", "c-3");
        (await PostAsync(city, "disp-0003/take-out", new { to = "scrapped", reason = "burnt" })).EnsureSuccessStatusCode();
        var long200 = new string('r', 200);
        (string Path, object Body, HttpStatusCode Status, string Rule)[] bad =
        [
            ("disp-0009/replace", new { id = "disp-0008", to = "stock", reason = "why" }, HttpStatusCode.NotFound, "display-unknown"),
            ("disp-0009/take-out", new { to = "stock", reason = "why" }, HttpStatusCode.NotFound, "display-unknown"),
            ("disp-0009/move", new { cab = "c-3" }, HttpStatusCode.NotFound, "display-unknown"),
            ("disp-0009/keys/renew", new { }, HttpStatusCode.NotFound, "display-unknown"),
            ("disp-0001/replace", new { id = "no", to = "stock", reason = "why" }, HttpStatusCode.BadRequest, "display-id-malformed"),
            ("disp-0001/replace", new { id = "disp-0008", to = "shelf", reason = "why" }, HttpStatusCode.BadRequest, "rest-unknown"),
            ("disp-0001/replace", new { id = "disp-0008", to = "stock", reason = "no" }, HttpStatusCode.BadRequest, "unit-reason-length"),
            ("disp-0001/replace", new { id = "disp-0008", to = "stock", reason = long200 + "r" }, HttpStatusCode.BadRequest, "unit-reason-length"),
            ("disp-0001/replace", new { id = "disp-0001", to = "stock", reason = "why" }, HttpStatusCode.Conflict, "display-taken"),
            ("disp-0001/replace", new { id = "disp-0002", to = "stock", reason = "why" }, HttpStatusCode.Conflict, "display-taken"),
            ("disp-0001/replace", new { id = "disp-0003", to = "stock", reason = "why" }, HttpStatusCode.Conflict, "display-not-in-stock"),
            ("disp-0003/replace", new { id = "disp-0008", to = "stock", reason = "why" }, HttpStatusCode.Conflict, "display-not-in-cab"),
            ("disp-0003/move", new { cab = "c-3" }, HttpStatusCode.Conflict, "display-not-in-cab"),
            ("disp-0003/keys/renew", new { }, HttpStatusCode.Conflict, "display-not-in-cab"),
            ("disp-0003/keys/rotate", new { }, HttpStatusCode.Conflict, "display-not-in-cab"),
            ("disp-0003/take-out", new { to = "stock", reason = "why" }, HttpStatusCode.Conflict, "display-rest-refused"),
            ("disp-0001/move", new { cab = "c-2" }, HttpStatusCode.Conflict, "cab-has-display"),
            ("disp-0001/move", new { cab = "c-9" }, HttpStatusCode.NotFound, "cab-unknown"),
        ];
        foreach (var (path, body, status, rule) in bad)
            await SmallCity.AssertRefusalAsync(await PostAsync(city, path, body), status, rule);

        var counts = await city.WithDbAsync(async db => (await db.Displays.CountAsync(), await db.PastPlacements.CountAsync()));
        Assert.AreEqual((3, 1), counts, "nothing else has changed");
        (await PostAsync(city, "disp-0002/take-out", new { to = "stock", reason = "why" })).EnsureSuccessStatusCode();
        (await PostAsync(city, "disp-0002/take-out", new { to = "revoked", reason = long200 })).EnsureSuccessStatusCode();
    }

    [TestMethod]
    public void Rest_EveryPair_IsAllowedOrRefused()
    {
        DisplayRest?[] from = [null, .. Enum.GetValues<DisplayRest>().Select(rest => (DisplayRest?)rest)];

        var table = from.Select(one =>
            $"{one.Word}: {string.Join(' ', Enum.GetValues<DisplayRest>().Where(to => DisplayRests.MayFollow(one, to)).Select(to => to.Word))}");

        Assert.AreEqual("cab: stock revoked scrapped; stock: revoked scrapped; revoked: stock scrapped; scrapped: ", string.Join("; ", table));
    }

    private static async Task<HttpResponseMessage> PostAsync(DisplayCity city, string path, object body)
    {
        var fields = JsonSerializer.SerializeToNode(body)!.AsObject();
        fields["actor"] = DisplayCity.Keeper;
        return await city.Client.PostAsJsonAsync($"displays/{path}", fields);
    }

    private static async Task<UnitConfig> IssuedAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.AreEqual(status, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<UnitConfig>())!;
    }

    /// <summary>As a passenger who scans the cab's code finds it.</summary>
    private static async Task<string?> DisplayOfCabAsync(DisplayCity city, int cab)
    {
        var code = await city.WithDbAsync(db => db.Cabs.Where(c => c.Code == $"c-{cab}").Select(c => c.PassengerCode).SingleAsync());
        var light = await city.WithDbAsync(db => city.Server.Services.GetRequiredService<CabLights>().FindAsync(code, db, CancellationToken.None));
        return light!.Twin?.Display;
    }

    private static async Task AwaitNoTwinAsync(DisplayCity city)
    {
        var none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = city.Board.Subscribe(_ => Look());
        Look();
        await none.Task.WaitAsync(DisplayCity.Patience);

        void Look()
        {
            if (city.Board.All.Count == 0)
                none.TrySetResult();
        }
    }
}
