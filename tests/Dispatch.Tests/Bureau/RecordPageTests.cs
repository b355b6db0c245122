using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Bureau;

/// <summary>An officer records what came by telephone, over the counter or from an authority.</summary>
[TestClass]
public class RecordPageTests : CityTests
{
    private const string Page = "/bureau/record";

    private static readonly (string Name, string Value)[] Call =
    [
        ("Input.Kind", "Complaint"), ("Input.Who", "鲁Ｋ・Ｔ０００２"), ("Input.Day", "2017-08-14"), ("Input.Hour", "9"), ("Input.Conduct", "S01"),
        ("Input.Place", "Harbour"), ("Input.Account", "A detour by the harbour."), ("Input.Contact", "555-0100"),
    ];

    [TestMethod]
    public async Task Page_ByEachRole_IsForThoseWhoRecord()
    {
        foreach (var (name, role) in new[]
        {
            ("d-2", Role.Driver), ("d-1", Role.Leader), (SmallCity.Officer, Role.Officer), (SmallCity.Supervisor, Role.Supervisor),
            (SmallCity.Auditor, Role.Auditor), (SmallCity.Admin, Role.Admin),
        })
        {
            using var browser = name[0] == 'd' ? await City.EnterDriverAsync(name) : (await City.EnterAsync(name)).Browser;
            await browser.GoAsync(Page);
            Assert.AreEqual(PermissionsTests.ExpectedOf(Permission.RecordCase, role) != Whose.All, browser.Status == HttpStatusCode.Forbidden, $"{role}");
            var isShown = browser.Status == HttpStatusCode.OK;
            await browser.GoAsync("/bureau");
            Assert.AreEqual(isShown, browser.Html.Contains($"href=\"{Page}\"", StringComparison.Ordinal), $"{role}");
        }
    }

    [TestMethod]
    public async Task Call_SentTwice_ShowsTheDriverAndThenRecordsWithAReceipt()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync(Page);

        await officer.SubmitAsync("record", Call);
        StringAssert.Contains(officer.Text, "Check the driver, then record the case.");
        StringAssert.Contains(officer.Html, "d-2 <span lang=\"zh-Hans\">Driver 2</span>");
        Assert.AreEqual(0, await City.WithDbAsync(db => db.Cases.CountAsync()), "recorded before anybody saw whom it accuses");
        await officer.SubmitAsync("record", [.. Call, ("Input.Choice", "d-2 cab-2")]);

        Assert.AreEqual($"{Page}/c-000001", officer.Path);
        StringAssert.Contains(officer.Text, "Case c-000001 recorded");
        StringAssert.Contains(officer.Html, $"href=\"{Page}?kind=Complaint\"");
        StringAssert.Contains(officer.Text, "A detour by the harbour.");
        var receipt = officer.Read("receipt");
        Assert.AreEqual(14, receipt.Length);
        using var caller = new TestBrowser(City);
        StringAssert.Contains((await caller.GoAsync($"/receipt/{receipt}")).Text, "鲁K·T0002");
        await officer.GoAsync(officer.Path);
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Cases.CountAsync()), "looked at again");
        Assert.IsTrue(await City.WithDbAsync(db => db.ReportContacts.AnyAsync()));
    }

    [TestMethod]
    public async Task Recorded_ByAnotherOfficer_IsNotThere()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await RecordAsync(officer, Call, "d-2 cab-2");
        using var other = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;

        Assert.AreEqual(HttpStatusCode.NotFound, (await other.GoAsync($"{Page}/c-000001")).Status);
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync($"{Page}/c-000002")).Status);
    }

    [TestMethod]
    public async Task Infringement_WithItsAuthority_NeedsNoHearing()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var decision = With(("Input.Kind", "Infringement"), ("Input.Conduct", "T01"), ("Input.Decision", "交管决字 2017 第 12 号"), ("Input.Who", "Driver 3"));

        await RecordAsync(officer, decision, "d-3 cab-3");

        var made = await City.WithDbAsync(db => db.Cases.SingleAsync());
        Assert.AreEqual(
            (CaseKind.Infringement, "T01", "交管决字 2017 第 12 号", false, SmallCity.Officer),
            (made.Kind, made.Code, made.Authority, made.HasHearing, made.SubmittedBy));
        StringAssert.Contains(officer.Text, "交管决字 2017 第 12 号");
        Assert.AreEqual("", officer.Read("receipt"));
        Assert.IsFalse(await City.WithDbAsync(db => db.PassengerReports.AnyAsync()));
        await City.RefusedAsync(
            "cases/c-000001/decision", new { actor = SmallCity.Officer, verdict = "upheld", reason = "R" }, HttpStatusCode.UnprocessableEntity,
            "recorder-cannot-decide");
    }

    [TestMethod]
    public async Task Merit_WithItsCertificate_IsAMeritThatSomebodyElseDecides()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var merit = With(("Input.Kind", "Merit"), ("Input.Merit", "M03"), ("Input.Certificate", "Certificate 17"), ("Input.Who", "d-1"));

        await RecordAsync(officer, merit, "d-1 cab-1");

        var made = await City.WithDbAsync(db => db.Cases.SingleAsync());
        Assert.AreEqual((CaseKind.Merit, "M03", "Certificate 17", false), (made.Kind, made.Code, made.Authority, made.HasHearing));
        StringAssert.Contains((await officer.GoAsync("/bureau/cases/c-000001")).Text, "Certified by");
    }

    [TestMethod]
    [DataRow("Complaint", "Input.Who", "", "wrong-who")]
    [DataRow("Complaint", "Input.Who", "鲁K·T0009", "wrong-who")]
    [DataRow("Complaint", "Input.Day", "", "wrong-day")]
    [DataRow("Complaint", "Input.Day", "2017-08-16", "wrong-day")]
    [DataRow("Complaint", "Input.Day", "0001-01-01", "wrong-day")]
    [DataRow("Complaint", "Input.Hour", "24", "wrong-hour")]
    [DataRow("Complaint", "Input.Conduct", "", "wrong-conduct")]
    [DataRow("Complaint", "Input.Conduct", "M01", "wrong-conduct")]
    [DataRow("Complaint", "Input.Place", " ", "wrong-Input.Place")]
    [DataRow("Complaint", "Input.Account", "", "input-account-fault")]
    [DataRow("Infringement", "Input.Decision", "", "wrong-Input.Decision")]
    [DataRow("Merit", "Input.Certificate", " ", "wrong-Input.Certificate")]
    [DataRow("Merit", "Input.Merit", "", "wrong-merit")]
    public async Task Fault_InOneField_IsToldBesideItAndKeepsTheRest(string kind, string field, string typed, string told)
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var form = With(
            ("Input.Kind", kind), ("Input.Merit", "M03"), ("Input.Decision", "Police 17/3"), ("Input.Certificate", "Certificate 17"), (field, typed));
        await officer.GoAsync(Page);

        await officer.SubmitAsync("record", form);
        await officer.SubmitAsync("record", [.. form, ("Input.Choice", "d-2 cab-2")]);

        Assert.AreEqual(HttpStatusCode.OK, officer.Status);
        StringAssert.Contains(officer.Html, told);
        foreach (var (name, value) in form.Where(one => one.Value.Trim().Length > 0 && one.Name is "Input.Place" or "Input.Account" or "Input.Contact"))
            StringAssert.Contains(WebUtility.HtmlDecode(officer.Html), value, name);
        Assert.AreEqual(0, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    /// <summary>Whoever was shown for another plate or another day is not whom it is about.</summary>
    [TestMethod]
    [DataRow("Input.Who", "cab-3", "d-3")]
    [DataRow("Input.Hour", "10", "d-2")]
    public async Task Driver_OnceWhatIsSoughtHasChanged_IsShownAgain(string field, string typed, string shown)
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await (await officer.GoAsync(Page)).SubmitAsync("record", Call);

        await officer.SubmitAsync("record", [.. With((field, typed)), ("Input.Choice", "d-2 cab-2")]);

        StringAssert.Contains(officer.Html, $"value=\"{shown} cab-{shown[^1]}\" checked");
        Assert.AreEqual(0, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    [TestMethod]
    public async Task Drivers_SeveralOfAName_AreToBeChosenFrom()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var form = With(("Input.Who", "Driver"));
        await (await officer.GoAsync(Page)).SubmitAsync("record", form);

        await officer.SubmitAsync("record", form);
        StringAssert.Contains(officer.Html, "<p class=\"fault\">Choose the driver.</p>");
        await officer.SubmitAsync("record", [.. form, ("Input.Choice", "d-9 cab-2")]);
        Assert.AreEqual(0, await City.WithDbAsync(db => db.Cases.CountAsync()), "somebody who was not among them");
        await officer.SubmitAsync("record", [.. form, ("Input.Choice", "d-3 cab-3")]);

        Assert.AreEqual("d-3", await City.WithDbAsync(db => db.Cases.Select(c => c.Driver.Code).SingleAsync()));
        Assert.IsGreaterThan(0, (await City.AuditOfAsync("d-3")).Count + (await City.AuditOfAsync("drivers")).Count);
    }

    /// <summary>A second press, and Back with other words.</summary>
    [TestMethod]
    public async Task Call_SentOnceMore_IsOneCaseAndOtherContentIsRefused()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await (await officer.GoAsync(Page)).SubmitAsync("record", Call);
        var key = System.Text.RegularExpressions.Regex.Match(officer.Html, "name=\"Input.Key\" value=\"([^\"]+)").Groups[1].Value;
        (string, string)[] pressed = [.. Call, ("Input.Choice", "d-2 cab-2"), ("Input.Key", key)];
        await officer.SubmitAsync("record", pressed);
        await (await officer.GoAsync(Page)).SubmitAsync("record", [.. Call, ("Input.Key", key)]);

        await officer.SubmitAsync("record", pressed);
        Assert.AreEqual($"{Page}/c-000001", officer.Path);
        await (await officer.GoAsync(Page)).SubmitAsync("record", [.. Call, ("Input.Key", key)]);
        await officer.SubmitAsync("record", [.. With(("Input.Account", "Another.")), ("Input.Choice", "d-2 cab-2"), ("Input.Key", key)]);

        StringAssert.Contains(officer.Text, "This form was sent before with other content.");
        StringAssert.Contains(officer.Html, "Another.");
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    private static async Task RecordAsync(TestBrowser officer, (string Name, string Value)[] form, string choice)
    {
        await (await officer.GoAsync(Page)).SubmitAsync("record", form);
        await officer.SubmitAsync("record", [.. form, ("Input.Choice", choice)]);
        Assert.AreEqual($"{Page}/c-000001", officer.Path, officer.Text);
    }

    private static (string Name, string Value)[] With(params (string Name, string Value)[] other) =>
        [.. Call.Where(one => other.All(instead => instead.Name != one.Name)), .. other.Reverse().DistinctBy(one => one.Name).Reverse()];
}
