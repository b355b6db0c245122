using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Displays;

[TestClass]
public class DisplaysApiTests
{
    [TestMethod]
    public async Task Provision_CabWithoutDisplay_ReturnsTheUnitsFile()
    {
        await using var city = await DisplayCity.BuildAsync();

        var response = await city.Client.PostAsJsonAsync("displays", new { actor = DisplayCity.Keeper, id = "disp-0001", cab = "c-1" });

        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode);
        var unit = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.AreEqual("v id key epoch now broker port tls", string.Join(' ', unit.EnumerateObject().Select(field => field.Name)));
        Assert.AreEqual(43, unit.GetProperty("key").GetString()!.Length);
        Assert.AreEqual(city.MqttPort, unit.GetProperty("port").GetInt32());
        var stored = await city.WithDbAsync(db => db.Displays.SingleAsync());
        Assert.IsFalse(System.Text.Encoding.UTF8.GetString(stored.SealedRootKey).Contains(unit.GetProperty("key").GetString()!, StringComparison.Ordinal));
        Assert.AreEqual("provision-display", (await city.WithDbAsync(db => db.Audit.SingleAsync(a => a.Subject == "disp-0001"))).Operation);
    }

    [TestMethod]
    public async Task Provision_AgainstARule_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.ProvisionAsync(1);
        (string Id, string Cab, HttpStatusCode Status, string Rule)[] bad =
        [
            ("disp-0002", "c-9", HttpStatusCode.NotFound, "cab-unknown"),
            ("disp-0001", "c-2", HttpStatusCode.Conflict, "display-taken"),
            ("disp-0002", "c-1", HttpStatusCode.Conflict, "cab-has-display"),
            ("abc", "c-2", HttpStatusCode.BadRequest, "display-id-malformed"),
            ("abcdefghijklmnopqrstuvwxyz0123456", "c-2", HttpStatusCode.BadRequest, "display-id-malformed"),
            ("Disp-0002", "c-2", HttpStatusCode.BadRequest, "display-id-malformed"),
            ("disp/0002", "c-2", HttpStatusCode.BadRequest, "display-id-malformed"),
            ("disp-0002\n", "c-2", HttpStatusCode.BadRequest, "display-id-malformed"),
        ];
        foreach (var (id, cab, status, rule) in bad)
            await SmallCity.AssertRefusalAsync(await city.Client.PostAsJsonAsync("displays", new { actor = DisplayCity.Keeper, id, cab }), status, rule);

        Assert.AreEqual(1, await city.WithDbAsync(db => db.Displays.CountAsync()));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Provision_InsideABatch_TakesEffectIfTheBatchIsCommitted(bool commits)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var scope = city.Server.Services.CreateAsyncScope();
        var (context, displays) = (scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<DisplayServices>());

        await using (var batch = await context.BeginAsync(CancellationToken.None))
        {
            foreach (var n in new[] { 1, 2 })
                _ = (await ProvisionDisplay.HandleAsync(new(DisplayCity.Keeper, $"disp-000{n}", $"c-{n}"), context, displays, CancellationToken.None)).Value;
            Assert.IsFalse(displays.Registry.IsKnown("disp-0001"), "before the commit");
            if (commits)
                await batch.CommitAsync(CancellationToken.None);
        }

        Assert.AreEqual((commits, commits), (displays.Registry.IsKnown("disp-0001"), displays.Registry.IsKnown("disp-0002")));
        if (commits)
            await city.AwaitAllTwinsAsync(2, _ => true);
    }

    [TestMethod]
    public async Task Provision_IdAtTheEndsOfItsLength_IsTaken()
    {
        await using var city = await DisplayCity.BuildAsync();

        Assert.IsNull((await city.TryProvisionAsync("abcd", "c-1")).Refusal);
        Assert.IsNull((await city.TryProvisionAsync("abcdefghijklmnopqrstuvwxyz012345", "c-2")).Refusal);
    }

    [TestMethod]
    public async Task List_UnitsByTheirFirmware_CountsWhatTheySaidThemselves()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await city.ProvisionAsync(2);
        await city.AwaitAllTwinsAsync(2, _ => true);
        Assert.AreEqual("-:2:0", await ProgramsAsync(city));

        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        Assert.AreEqual("0.1.0:1:1 -:1:0", await ProgramsAsync(city));
        Assert.AreEqual(cab.Unit.Id, await UnitsAsync(city, "program=0.1.0"));
        Assert.AreEqual("", await UnitsAsync(city, "program=0.1"), "a part of a version is none");

        cab.Vanish();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
        Assert.AreEqual("0.1.0:1:0 -:1:0", await ProgramsAsync(city), "what it runs is what it said last");

        Assert.AreEqual(HttpStatusCode.OK, (await city.Client.PostAsJsonAsync(
            $"displays/{cab.Unit.Id}/take-out", new { actor = DisplayCity.Keeper, to = "stock", reason = "dark star" })).StatusCode);
        Assert.AreEqual("", await UnitsAsync(city, "program=0.1.0"), "in no cab, it is in no count");
    }

    private static async Task<string> ProgramsAsync(DisplayCity city) => string.Join(' ',
        (await city.Client.GetFromJsonAsync<JsonElement>("displays")).GetProperty("programs").EnumerateArray()
            .Select(one => $"{one.GetProperty("version").GetString() ?? "-"}:{one.GetProperty("units")}:{one.GetProperty("online")}"));

    private static async Task<string> UnitsAsync(DisplayCity city, string query) => string.Join(' ',
        (await city.Client.GetFromJsonAsync<JsonElement>($"displays/units?{query}")).EnumerateArray().Select(one => one.GetProperty("id").GetString()));

    [TestMethod]
    public async Task Provision_ByAnAuditor_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();

        var response = await city.Client.PostAsJsonAsync("displays", new { actor = "auditor", id = "disp-0001", cab = "c-1" });

        await SmallCity.AssertRefusalAsync(response, HttpStatusCode.Forbidden, "actor-not-allowed");
    }

    [TestMethod]
    public async Task Displays_WithoutToken_AreClosed()
    {
        await using var city = await DisplayCity.BuildAsync();
        city.Client.DefaultRequestHeaders.Authorization = null;

        Assert.AreEqual(HttpStatusCode.Unauthorized, (await city.Client.GetAsync("displays")).StatusCode);
    }

    [TestMethod]
    public async Task Displays_OneShowing_TellWhatIsDesiredAndMeasured()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.PublishAsync("2017-12", 4);
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync((await cab.NextAsync("rating")).Rev, (await cab.NextAsync("config")).Rev, "showing", "11111");
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2)));
        await cab.NextAsync("incidents/ack");

        var list = await city.Client.GetFromJsonAsync<JsonElement>("displays");
        var one = await city.Client.GetFromJsonAsync<JsonElement>("displays/disp-0001");
        var incidents = await city.Client.GetFromJsonAsync<JsonElement>("displays/disp-0001/incidents");
        var later = await city.Client.GetFromJsonAsync<JsonElement>($"displays/disp-0001/incidents?after={incidents[0].GetProperty("id").GetInt64()}");

        Assert.AreEqual(1, list.GetProperty("shown").GetProperty("4").GetInt32());
        Assert.AreEqual(1, list.GetProperty("online").GetInt32());
        Assert.AreEqual("rated", one.GetProperty("rating").GetProperty("kind").GetString());
        Assert.AreEqual("11111", one.GetProperty("reported").GetProperty("lit").GetString());
        Assert.IsTrue(one.GetProperty("line").GetProperty("showsDesired").GetBoolean());
        Assert.AreEqual(2, one.GetProperty("incidents").GetInt32());
        Assert.AreEqual(2, incidents.GetArrayLength());
        Assert.AreEqual(2, later.EnumerateArray().Single().GetProperty("seq").GetInt32());
    }

    [TestMethod]
    public async Task Displays_AllCabsGone_AlarmForThoseOnShift()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 4);
        foreach (var n in new[] { 1, 2, 3 })
            await city.SignOnAsync(driver: n, cab: n);
        foreach (var n in new[] { 1, 2, 3, 4 })
        {
            var cab = await city.ConnectNewCabAsync(n);
            await cab.SendStateAsync((await cab.NextAsync("rating")).Rev, (await cab.NextAsync("config")).Rev, n == 4 ? "vacant" : "unrated");
            await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.ShowsDesired);
            cab.Vanish();
        }
        await city.AwaitAllTwinsAsync(4, twin => !twin.Online);

        var list = await city.Client.GetFromJsonAsync<JsonElement>("displays");

        Assert.AreEqual((0, 3), (list.GetProperty("online").GetInt32(), list.GetProperty("alarms").GetInt32()));
        Assert.AreEqual(
            "unconfirmed cabGone unreachable, unconfirmed cabGone unreachable, unconfirmed cabGone unreachable, unconfirmed cabGone -",
            string.Join(", ", list.GetProperty("displays").EnumerateArray().Select(one => string.Join(
                ' ', one.GetProperty("standing"), one.GetProperty("because"),
                one.TryGetProperty("alarm", out var alarm) && alarm.ValueKind == JsonValueKind.String ? alarm : "-"))));
    }

    [TestMethod]
    public async Task Displays_CabSilentForThreeHeartbeats_IsNotCountedOnlineAnyMore()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync((await cab.NextAsync("rating")).Rev, (await cab.NextAsync("config")).Rev, "unrated");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.ShowsDesired);

        // No timer runs: what is known changes with the time, and not with the next look at it.
        city.Time.Pass(TimeSpan.FromSeconds(450));
        Assert.AreEqual(DisplayState.Confirmed, city.Standings.All.Single().Standing.State);
        city.Time.Pass(TimeSpan.FromSeconds(1));
        // Silent, or given up already by a pass of the reconciler that was on its way.
        Assert.AreEqual(DisplayState.Unconfirmed, city.Standings.All.Single().Standing.State);
    }

    [TestMethod]
    public async Task Display_Unknown_IsMissing()
    {
        await using var city = await DisplayCity.BuildAsync();

        foreach (var path in new[] { "displays/disp-0009", "displays/disp-0009/incidents" })
            await SmallCity.AssertRefusalAsync(await city.Client.GetAsync(path), HttpStatusCode.NotFound, "display-unknown");
    }

    [TestMethod]
    public async Task Command_DisplayOnline_ArrivesWithItsExpiry()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);

        var given = await CommandAsync(city, "identify", 30);
        var again = await CommandAsync(city, "selftest", 1);
        var longest = await CommandAsync(city, "selftest", 3_600);

        Assert.AreEqual(HttpStatusCode.Accepted, given.StatusCode);
        Assert.AreEqual(HttpStatusCode.Accepted, again.StatusCode);
        Assert.AreEqual(HttpStatusCode.Accepted, longest.StatusCode);
        var first = await cab.NextAsync("cmd");
        Assert.AreEqual("identify", first.Json.GetProperty("do").GetString());
        Assert.AreEqual(city.Now + 30, first.Json.GetProperty("exp").GetInt64());
        Assert.IsFalse(first.Retained);
        Assert.AreEqual(first.Rev + 1, (await cab.NextAsync("cmd")).Rev);
    }

    [TestMethod]
    public async Task Command_AgainstARule_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.ProvisionAsync(1);
        (string Do, int ExpiresIn, HttpStatusCode Status, string Rule)[] bad =
        [
            ("identify", 60, HttpStatusCode.Conflict, "display-offline"),
            ("explode", 60, HttpStatusCode.BadRequest, "command-unknown"),
            ("reboot", 0, HttpStatusCode.BadRequest, "expiry-out-of-range"),
            ("reboot", 3_601, HttpStatusCode.BadRequest, "expiry-out-of-range"),
        ];
        foreach (var (what, expiresIn, status, rule) in bad)
            await SmallCity.AssertRefusalAsync(await CommandAsync(city, what, expiresIn), status, rule);

        Assert.IsFalse(city.Sent.Any(sent => sent.Topic.EndsWith("/cmd", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(440, HttpStatusCode.Accepted)]
    [DataRow(481, HttpStatusCode.Conflict)]
    public async Task Command_ToADisplayThatIsSilent_IsRefusedByWhatTheWallSays(int silence, HttpStatusCode expected)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        var reported = city.Board.All.Single().Reported;

        city.Board.PutReported([reported with { ReceivedAt = reported.ReceivedAt!.Value.AddSeconds(-silence) }]);

        Assert.AreEqual(expected, (await CommandAsync(city, "identify", 60)).StatusCode);
    }

    private static Task<HttpResponseMessage> CommandAsync(DisplayCity city, string what, int expiresIn) =>
        city.Client.PostAsJsonAsync("displays/disp-0001/commands", new { actor = DisplayCity.Keeper, @do = what, expiresIn });
}
