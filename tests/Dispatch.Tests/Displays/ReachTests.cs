using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Mqtt;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Displays;

/// <summary>Outside the demo nothing is handed out that leads to this machine alone.</summary>
[TestClass]
public sealed class ReachTests
{
    private static readonly Dictionary<string, string?> ForReal = new() { ["Reach:Loopback"] = "false" };

    [TestMethod]
    [DataRow("", true)]
    [DataRow(" ", true)]
    [DataRow("localhost", true)]
    [DataRow("LocalHost.", true)]
    [DataRow("cab.localhost", true)]
    [DataRow("127.0.0.1", true)]
    [DataRow("127.255.255.255", true)]
    [DataRow("126.255.255.255", false)]
    [DataRow("128.0.0.0", false)]
    [DataRow("127.1", true)]
    [DataRow("2130706433", true)]
    [DataRow("0.0.0.0", true)]
    [DataRow("::", true)]
    [DataRow("::1", true)]
    [DataRow("[::1]", true)]
    [DataRow("::2", false)]
    [DataRow("::ffff:127.0.0.1", true)]
    [DataRow("10.0.0.5", false)]
    [DataRow("broker.example", false)]
    [DataRow("localhost.example", false)]
    public void Host_ThatLeadsNowhere_IsSeen(string host, bool isNowhere) => Assert.AreEqual(isNowhere, Reachability.IsNowhere(host));

    [TestMethod]
    public async Task Units_WithABrokerOnLoopback_AreNotFittedOut()
    {
        await using var city = await DisplayCity.BuildAsync(settings: ForReal);

        using var provisioned = await PostAsync(city, "displays", new { id = "disp-0001", cab = "c-1" });
        await SmallCity.AssertRefusalAsync(provisioned, HttpStatusCode.Conflict, "broker-unreachable");
        using var replaced = await PostAsync(city, "displays/disp-0001/replace", new { id = "disp-0002", to = "stock", reason = "broken" });
        await SmallCity.AssertRefusalAsync(replaced, HttpStatusCode.Conflict, "broker-unreachable");
        using var renewed = await PostAsync(city, "displays/disp-0001/keys/renew", new { });
        await SmallCity.AssertRefusalAsync(renewed, HttpStatusCode.Conflict, "broker-unreachable");
        using var many = await RegisterAsync(city);
        await SmallCity.AssertRefusalAsync(many, HttpStatusCode.Conflict, "broker-unreachable");
        Assert.AreEqual(0, await city.WithDbAsync(db => db.Displays.CountAsync()));
    }

    [TestMethod]
    public async Task LabelsAndStickers_AskedForOnLoopback_AreNotPrinted()
    {
        using var files = new BrokerFiles();
        files.Issue(host: "broker.example");
        var settings = new Dictionary<string, string?>(files.Settings.Concat(ForReal)) { ["Mqtt:Tls:Host"] = "broker.example" };
        await using var city = await DisplayCity.BuildAsync(settings: settings);

        using var many = await RegisterAsync(city);
        await SmallCity.AssertRefusalAsync(many, HttpStatusCode.Conflict, "address-unreachable");
        using var stickers = await city.Client.GetAsync($"cabs/stickers?actor={DisplayCity.Keeper}");
        await SmallCity.AssertRefusalAsync(stickers, HttpStatusCode.Conflict, "address-unreachable");
        using var one = await PostAsync(city, "displays", new { id = "disp-0001", cab = "c-1" });
        Assert.AreEqual(HttpStatusCode.Created, one.StatusCode, "its file names the broker and no page");
    }

    [TestMethod]
    public async Task Everything_WithAddressesThatLeadHere_IsHandedOut()
    {
        using var files = new BrokerFiles();
        files.Issue(host: "broker.example");
        var settings = new Dictionary<string, string?>(files.Settings.Concat(ForReal))
        {
            ["Mqtt:Tls:Host"] = "broker.example", ["Passengers:PublicAddress"] = "https://credit.example",
        };
        await using var city = await DisplayCity.BuildAsync(settings: settings);

        using var many = await RegisterAsync(city);
        Assert.AreEqual(HttpStatusCode.OK, many.StatusCode, await many.Content.ReadAsStringAsync());
        using var stickers = await city.Client.GetAsync($"cabs/stickers?actor={DisplayCity.Keeper}");
        Assert.AreEqual(HttpStatusCode.OK, stickers.StatusCode);
    }

    [TestMethod]
    public async Task Invitation_OnLoopback_IsRefusedBeforeASecretIsMade()
    {
        await using var city = await SmallCity.BuildAsync(
            services => services.PostConfigure<ReachSettings>(reach => reach.Loopback = false));
        using var admin = (await city.EnterAsync(SmallCity.Admin)).Browser;
        var before = await city.WithDbAsync(db => db.Set<Invitation>().CountAsync());
        await admin.GoAsync("/accounts");

        await admin.SubmitAsync("invite", ("Name", "officer-new"), ("NewRole", "Officer"), ("Number", ""));

        StringAssert.Contains(admin.Text, "leads to the server from its own machine alone");
        Assert.AreEqual(before, await city.WithDbAsync(db => db.Set<Invitation>().CountAsync()));
    }

    [TestMethod]
    public async Task Invitation_WithAPublicAddress_LeadsThere()
    {
        await using var city = await SmallCity.BuildAsync(services => services
            .PostConfigure<ReachSettings>(reach => reach.Loopback = false)
            .PostConfigure<PassengerSettings>(passengers => passengers.PublicAddress = "https://credit.example/"));
        using var admin = (await city.EnterAsync(SmallCity.Admin)).Browser;
        await admin.GoAsync("/accounts");

        await admin.SubmitAsync("invite", ("Name", "officer-new"), ("NewRole", "Officer"), ("Number", ""));

        StringAssert.StartsWith(admin.Read("link"), "https://credit.example/invitation/");
    }

    private static Task<HttpResponseMessage> RegisterAsync(DisplayCity city) => city.Client.PostAsync(
        $"workshop/units?actor={DisplayCity.Keeper}", new StringContent("unit,cab\ndisp-0007,c-2\n", Encoding.UTF8, "text/csv"));

    private static Task<HttpResponseMessage> PostAsync(DisplayCity city, string path, object body) =>
        city.Client.PostAsync($"{path}?actor={DisplayCity.Keeper}", JsonContent.Create(body));
}
