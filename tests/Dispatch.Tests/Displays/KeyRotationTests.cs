using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays;

namespace Dispatch.Tests.Displays;

[TestClass]
public class KeyRotationTests
{
    private static readonly JsonSerializerOptions AsTheApiWrites = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    [TestMethod]
    public async Task Rotation_ConfirmedByState_ReplacesEveryKey()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var before = await cab.NextAsync("rating");

        await RotateAsync(city, cab.Unit.Id);
        var announced = await cab.NextAsync("config", json => json.GetProperty("epoch").GetInt32() == 2);
        AssertSigned(announced, cab);
        await using (await TestCab.ConnectAsync(cab.Unit, city.MqttPort, epoch: 2))
        {
            // Both epochs open the door while the display has not confirmed.
        }

        await using var old = await TestCab.ConnectAsync(cab.Unit, city.MqttPort);
        old.Epoch = 2;
        await old.SendStateAsync(rev: before.Rev, configRev: announced.Rev);

        AssertSigned(await old.NextAsync("rating", json => json.GetProperty("rev").GetInt64() > before.Rev), old);
        AssertSigned(await old.NextAsync("config", json => json.GetProperty("rev").GetInt64() > announced.Rev), old);
        old.Epoch = 1;
        await old.SendStateAsync(lit: "11111");
        await city.AwaitRefusedAsync("mac");
        await Assert.ThrowsAsync<Exception>(() => TestCab.ConnectAsync(cab.Unit, city.MqttPort, epoch: 1));
        await city.AwaitRefusedAsync("password");
        await using var next = await TestCab.ConnectAsync(cab.Unit, city.MqttPort, epoch: 2);
    }

    [TestMethod]
    [DataRow(1, 2, DisplayName = "signed with the old, says the new")]
    [DataRow(2, 1, DisplayName = "signed with the new, says the old")]
    public async Task Rotation_StateOfTwoMinds_ConfirmsNothing(int signedWith, int says)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await RotateAsync(city, cab.Unit.Id);
        cab.Epoch = signedWith;

        await cab.PublishAsync("state", cab.Sign(cab.StateJson(epoch: says)));

        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        var display = await city.Client.GetFromJsonAsync<DisplayView>($"displays/{cab.Unit.Id}", AsTheApiWrites);
        Assert.AreEqual(new KeyEpochs(1, 2), display!.Keys);
    }

    [TestMethod]
    public async Task Rotation_Pending_RefusesAnother()
    {
        await using var city = await DisplayCity.BuildAsync();
        var unit = await city.ProvisionAsync(1);
        await RotateAsync(city, unit.Id);

        var again = await city.Client.PostAsJsonAsync($"displays/{unit.Id}/keys/rotate", new { actor = DisplayCity.Keeper });

        await SmallCity.AssertRefusalAsync(again, HttpStatusCode.Conflict, "rotation-pending");
    }

    [TestMethod]
    [DataRow(65_534, true)]
    [DataRow(65_535, false)]
    public async Task Rotation_ByEpoch_EndsWithTheLast(int epoch, bool rotates)
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        var unit = await city.ProvisionAsync(1);
        // Sixty-five thousand rotations are played by nobody.
        await city.WithDbAsync(db => db.Set<Display>().ExecuteUpdateAsync(rows => rows.SetProperty(display => display.Epoch, epoch)));

        using var answer = await city.Client.PostAsJsonAsync($"displays/{unit.Id}/keys/rotate", new { actor = DisplayCity.Keeper });

        if (rotates)
            Assert.AreEqual(new KeyEpochs(65_534, 65_535), await answer.Content.ReadFromJsonAsync<KeyEpochs>());
        else
            await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.Conflict, "epochs-used-up");
        var stored = await city.WithDbAsync(db => db.Set<Display>().SingleAsync());
        Assert.AreEqual((epoch, rotates ? 65_535 : (int?)null), (stored.Epoch, stored.PendingEpoch));
        Assert.AreEqual(rotates ? 1 : 0, await city.WithDbAsync(db => db.Audit.CountAsync(a => a.Operation == "rotate-display-keys")));
    }

    /// <summary>A unit whose memory was exchanged: it knows its root key, and not that the server has led it to epoch 2.</summary>
    [TestMethod]
    public async Task Memory_Lost_IsLedToTheNextEpochAndNotToAnOldOne()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await RotateAsync(city, cab.Unit.Id);
        cab.Epoch = 2;
        await cab.SendStateAsync();
        await cab.NextAsync("config", json => json.GetProperty("epoch").GetInt32() == 2 && json.GetProperty("rev").GetInt64() > 0);
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Reported.Epoch == 2);
        await Assert.ThrowsAsync<Exception>(() => TestCab.ConnectAsync(cab.Unit, city.MqttPort, epoch: 1));

        await using var lost = await TestCab.ConnectAsync(cab.Unit, city.MqttPort, epoch: 0);
        lost.Journal = "ffeeddccbbaa9988";
        var question = Asking(lost, "0123456789abcdef");
        await lost.PublishAsync("state", lost.Sign(question));
        var answer = await lost.NextAsync("config");
        Assert.AreEqual((3, "0123456789abcdef", false), (
            answer.Json.GetProperty("epoch").GetInt32(), answer.Json.GetProperty("nonce").GetString(), answer.Retained));
        AssertSigned(answer, lost);
        await AssertKeysAsync(city, new(2, 3));

        // The same question again is a replay; nothing but a question goes under these keys.
        await lost.PublishAsync("state", lost.Sign(question));
        await city.AwaitRefusedAsync("old");
        await lost.PublishAsync("incidents", lost.Sign(lost.IncidentsJson(1)));
        await city.AwaitRefusedAsync("mac");
        Assert.IsFalse(lost.HasMore("config"));

        await using var back = await TestCab.ConnectAsync(cab.Unit, city.MqttPort, epoch: 3);
        (back.Journal, back.N) = (lost.Journal, lost.N);
        await back.SendStateAsync(configRev: answer.Rev);
        AssertSigned(await back.NextAsync("config", json => json.GetProperty("rev").GetInt64() > answer.Rev), back);
        await AssertKeysAsync(city, new(3, null));
    }

    [TestMethod]
    public async Task Memory_LostWhileARotationIsOpen_IsLedToItsEpoch()
    {
        await using var city = await DisplayCity.BuildAsync();
        var unit = await city.ProvisionAsync(1);
        await RotateAsync(city, unit.Id);
        await using var lost = await TestCab.ConnectAsync(unit, city.MqttPort, epoch: 0);

        await lost.PublishAsync("state", lost.Sign(Asking(lost, "0123456789abcdef")));

        Assert.AreEqual(2, (await lost.NextAsync("config")).Json.GetProperty("epoch").GetInt32());
        await AssertKeysAsync(city, new(1, 2));
    }

    [TestMethod]
    public async Task Memory_LostAtTheLastEpoch_IsLogged()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        var unit = await city.ProvisionAsync(1);
        await city.WithDbAsync(db => db.Set<Display>().ExecuteUpdateAsync(rows => rows.SetProperty(display => display.Epoch, 65_535)));
        await using var lost = await TestCab.ConnectAsync(unit, city.MqttPort, epoch: 0);

        await lost.PublishAsync("state", lost.Sign(Asking(lost, "0123456789abcdef")));

        await city.AwaitErrorAsync();
        Assert.IsFalse(lost.HasMore("config"));
    }

    private static string Asking(TestCab cab, string nonce) =>
        cab.StateJson().Replace("\"journal\"", $"\"clock\":\"none\",\"nonce\":\"{nonce}\",\"journal\"", StringComparison.Ordinal);

    private static async Task AssertKeysAsync(DisplayCity city, KeyEpochs expected)
    {
        var display = await city.WithDbAsync(db => db.Set<Display>().SingleAsync());
        Assert.AreEqual(expected, new KeyEpochs(display.Epoch, display.PendingEpoch));
    }

    private static async Task RotateAsync(DisplayCity city, string display)
    {
        var rotated = await city.Client.PostAsJsonAsync($"displays/{display}/keys/rotate", new { actor = DisplayCity.Keeper });
        Assert.AreEqual(new KeyEpochs(1, 2), await rotated.Content.ReadFromJsonAsync<KeyEpochs>());
    }

    private static void AssertSigned(Received message, TestCab cab) => CollectionAssert.AreEqual(
        TestCab.Sign(System.Text.Encoding.UTF8.GetString(message.Payload.AsSpan(65)), cab.Key("down")), message.Payload, $"not signed with epoch {cab.Epoch}");
}
