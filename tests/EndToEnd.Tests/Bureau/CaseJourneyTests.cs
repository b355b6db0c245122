using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>An officer decides, a second one is too late, a supervisor takes it back.</summary>
[TestClass]
public sealed class CaseJourneyTests
{
    private static Demo City => TheDemo.City;

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Officer_ByKeyboardAlone_TakesUpWeighsAndDecides(string language)
    {
        await using var visit = await Visit.AsAsync("officer-lin", language);
        var page = visit.Page;
        var report = await UndecidedAsync();
        var (number, driver) = ((string)report["number"]!, (string)report["driver"]!);
        await page.GotoAsync("/bureau");
        await page.EnterAsync(page.Locator("main h2 a[href='/bureau/cases']"));
        await page.TabToAsync(page.Locator("input[name=driver]"));
        await page.Keyboard.TypeAsync(driver);
        await page.Keyboard.PressAsync("Enter");
        await page.EnterAsync(page.Locator($"a[href='/bureau/cases/{number}']"));
        await page.EnterAsync(page.Submit("take-up"));
        await Expect(page.Locator(".head p.soft")).ToContainTextAsync("officer-lin");

        await page.TabToAsync(page.Locator("input[value=Upheld]"));
        await page.Keyboard.PressAsync("Space");
        await page.EnterAsync(page.Submit("decide", "weigh"));
        await Expect(page.Locator("#input-reason-fault")).ToBeVisibleAsync();
        await Expect(page.Locator("input[value=Upheld]")).ToBeCheckedAsync();
        await Looks.AtEveryWidthAsync(page, $"case-refused-{language}");

        await page.TabToAsync(page.Locator("#input-reason"));
        await page.Keyboard.TypeAsync("Borne out by the meter.");
        await page.EnterAsync(page.Submit("decide", "weigh"));
        await Expect(page.GetByTestId("prospect")).ToBeVisibleAsync();
        await Expect(page.Locator("#input-reason")).ToHaveValueAsync("Borne out by the meter.");
        await Looks.AtEveryWidthAsync(page, $"case-weighed-{language}");
        Assert.IsEmpty(await BookedAsync(driver, number), "booked before it was confirmed");

        await page.EnterAsync(page.Submit("decide", "confirm"));

        await Expect(page.GetByTestId("pending")).ToBeVisibleAsync();
        Assert.IsEmpty(await BookedAsync(driver, number), "booked before it could no longer be taken back");
        await Looks.AtEveryWidthAsync(page, $"case-pending-{language}");
        await page.EnterAsync(page.Submit("take-back"));
        await Expect(page.GetByTestId("pending")).ToHaveCountAsync(0);
        await Expect(page.Locator("input[value=Upheld]")).ToBeVisibleAsync();
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Case_AnotherCodeChosenAfterWeighing_IsWeighedAnewBeforeItIsDecided()
    {
        await using var visit = await Visit.AsAsync("officer-lin");
        var page = visit.Page;
        var report = await UndecidedAsync();
        await WeighAsync(page, (string)report["number"]!, "Upheld", "Borne out.");
        var other = (string)report["code"]! == "S08" ? "S01" : "S08";

        await page.Locator("#code").SelectOptionAsync(other);
        await page.Submit("decide", "confirm").ClickAsync();

        await Expect(page.GetByTestId("prospect")).ToContainTextAsync(other);
        await Expect(page.GetByTestId("decision")).ToHaveCountAsync(0);
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Case_DecidedByAnotherMeanwhile_ShowsBothVersions(string language)
    {
        await using var first = await Visit.AsAsync("officer-chen", language);
        await using var second = await Visit.AsAsync("officer-lin", language);
        var number = (string)(await UndecidedAsync())["number"]!;
        await WeighAsync(second.Page, number, "Upheld", "The passenger is right.");
        await WeighAsync(first.Page, number, "Dismissed", "The road was closed.");
        await first.Page.Submit("decide", "confirm").ClickAsync();
        await Expect(first.Page.GetByTestId("pending")).ToBeVisibleAsync();

        var answer = await second.Page.RunAndWaitForResponseAsync(
            () => second.Page.Submit("decide", "confirm").ClickAsync(), response => response.Request.Method == "POST");

        Assert.AreEqual(409, answer.Status);
        var changed = second.Page.GetByTestId("changed");
        await Expect(changed).ToContainTextAsync("The passenger is right.");
        await Looks.AtEveryWidthAsync(second.Page, $"case-changed-{language}");
    }

    [TestMethod]
    public async Task PeerReport_WithoutCorroboration_IsRefusedBesideTheField()
    {
        await using var visit = await Visit.AsAsync("officer-chen");
        var report = await RecordPeerReportAsync();

        await visit.Page.GotoAsync($"/bureau/cases/{report}");
        await visit.Page.Locator("input[value=Upheld]").CheckAsync();
        await visit.Page.Locator("#input-reason").FillAsync("The leader says so.");
        await visit.Page.Submit("decide", "weigh").ClickAsync();

        await Expect(visit.Page.Locator("#input-corroboration-fault")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#input-reason")).ToHaveValueAsync("The leader says so.");
        await Looks.AtEveryWidthAsync(visit.Page, "case-peer-en");
    }

    [TestMethod]
    public async Task Supervisor_ReversesWhatAnOfficerBooked()
    {
        await using var visit = await Visit.AsAsync("supervisor-wang");
        var page = visit.Page;
        var report = (await City.GetAsync("cases?status=Upheld")).AsArray().Skip(100).First(c => (string?)c!["decidedBy"] != "supervisor-wang")!;
        var (number, driver) = ((string)report["number"]!, (string)report["driver"]!);
        await page.GotoAsync($"/bureau/cases/{number}");
        await Expect(page.GetByTestId("prospect")).ToBeVisibleAsync();
        await Looks.AtEveryWidthAsync(page, "case-reversal-en");

        await page.EnterAsync(page.Submit("reverse"));
        await Expect(page.Locator("#input-reason-fault")).ToBeVisibleAsync();
        await page.TabToAsync(page.Locator("#input-reason"));
        await page.Keyboard.TypeAsync("The meter was read wrongly.");
        await page.EnterAsync(page.Submit("reverse"));

        await Expect(page.Locator("#reverse")).ToHaveTextAsync("Put decision in force again");
        Assert.HasCount(2, await BookedAsync(driver, number));
    }

    [TestMethod]
    public async Task Desk_OfADriver_IsForOthers()
    {
        await using var visit = await Visit.AsAsync("d-0001");

        string[] paths =
            ["/bureau", "/bureau/cases", "/bureau/cases/c-000001", "/bureau/record", "/bureau/reports", "/bureau/checks", "/bureau/months"];
        foreach (var path in paths)
            Assert.AreEqual(403, (await visit.Page.GotoAsync(path))!.Status, path);
    }

    private static async Task WeighAsync(IPage page, string number, string verdict, string reason)
    {
        await page.GotoAsync($"/bureau/cases/{number}");
        await page.Locator($"input[value={verdict}]").CheckAsync();
        await page.Locator("#input-reason").FillAsync(reason);
        await page.Submit("decide", "weigh").ClickAsync();
        await Expect(page.GetByTestId("prospect")).ToBeVisibleAsync();
    }

    /// <summary>Other tests decide too: a fresh case of the API's, so that nobody else has it.</summary>
    /// <summary>A case that needs no hearing: the authority has heard the driver.</summary>
    private static async Task<JsonNode> UndecidedAsync()
    {
        var driver = (string)(await City.GetAsync("drivers")).AsArray()[Random.Shared.Next(100)]!["code"]!;
        return await City.PostAsync("cases", new
        {
            actor = "supervisor-zhao", kind = "infringement", driver, code = "S01", conductOn = "2018-01-01", conductHour = 9, place = "石岛客运站",
            account = "司机未经同意绕行，多收了车费。", authority = "运管决字 2018 第 1 号",
        });
    }

    private static async Task<string> RecordPeerReportAsync()
    {
        var team = (await City.GetAsync("teams")).AsArray().First(t => t!["leader"] is not null)!;
        var member = (await City.GetAsync("drivers")).AsArray()
            .First(d => (string)d!["team"]! == (string)team["code"]! && (string)d["code"]! != (string)team["leader"]!)!;
        var report = await City.PostAsync("cases", new
        {
            actor = "supervisor-zhao", kind = "peerReport", driver = (string)member["code"]!, reporter = (string)team["leader"]!, code = "P01",
            conductOn = "2018-01-01", place = "石岛客运站", account = "在站点与同行争抢客源。",
        });
        return (string)report["number"]!;
    }

    private static async Task<List<JsonNode>> BookedAsync(string driver, string number) =>
        [.. (await City.GetAsync($"drivers/{driver}/ledger")).AsArray().Where(entry => (string)entry!["case"]! == number).Select(entry => entry!)];
}
