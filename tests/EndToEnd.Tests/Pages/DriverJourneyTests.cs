using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>A driver at their own page, on a phone: 320 px wide, without script, by keys alone where it says so.</summary>
[TestClass]
public sealed class DriverJourneyTests
{
    private static Demo City => TheDemo.City;

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Driver_SeesWhy_EveryLineAddsUpToThePoints(string language)
    {
        await using var visit = await Visit.AsAsync("d-0004", language);
        var page = visit.Page;

        await page.GotoAsync("/me");

        await Expect(page.GetByTestId("windscreen")).ToHaveAttributeAsync("data-lit", new System.Text.RegularExpressions.Regex("^1[01]{4}$"));
        var points = (await page.GetByTestId("points").GetAttributeAsync("data-points"))!;
        await Expect(page.GetByTestId("total")).ToHaveTextAsync(points);
        await Expect(page.GetByTestId("year").Locator("li")).ToHaveCountAsync(12);
        Assert.IsGreaterThan(0, await page.GetByTestId("next").Locator("p").CountAsync());
        // Computed once for all, after the first who asks; without script the page is asked for again.
        for (var asked = Stopwatch.StartNew(); await page.GetByTestId("sure-pending").IsVisibleAsync() && asked.Elapsed < TimeSpan.FromMinutes(1);)
            await page.ReloadAsync();
        await Expect(page.GetByTestId("sure")).ToContainTextAsync("205");
        await Looks.AtEveryWidthAsync(page, $"me-{language}");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Driver_MatterThatNobodyHasTriaged_IsNotToldOf()
    {
        var (reporter, driver) = ("d-0025", "d-0022");
        using var recorded = await City.Api.PostAsJsonAsync("cases", new
        {
            actor = reporter, kind = "peerReport", driver, code = "P01", conductOn = "2018-01-01", conductHour = 14, place = "Station rank",
            account = "Pushed in before others.", reporter,
        });
        recorded.EnsureSuccessStatusCode();
        await using var visit = await Visit.AsAsync(driver);

        await visit.Page.GotoAsync("/me");

        await Expect(visit.Page.Locator("main")).Not.ToContainTextAsync("Station rank");
        await Expect(visit.Page.Locator("main")).Not.ToContainTextAsync(reporter);
        await Looks.AtEveryWidthAsync(visit.Page, "me-open-en");
    }

    [TestMethod]
    public async Task Driver_ByKeysAlone_SignsOffAndOnAndTheWindscreenFollowsWithinASecond()
    {
        const string Driver = "d-0031", Cab = "cab-0031";
        await using var visit = await Visit.AsAsync(Driver);
        var page = visit.Page;
        await page.SetViewportSizeAsync(320, 640);
        await page.GotoAsync("/me");
        var lit = await page.GetByTestId("windscreen").GetAttributeAsync("data-lit");

        await ReachAsync(page, "[data-testid=sign-off]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("done")).ToBeVisibleAsync();
        Assert.AreEqual("dark", await LightAsync(Cab));
        await Looks.AtEveryWidthAsync(page, "me-off-en");

        await page.SetViewportSizeAsync(320, 640);
        await ReachAsync(page, "#Cab");
        await page.Keyboard.TypeAsync(Cab);
        var clock = Stopwatch.StartNew();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("done")).ToContainTextAsync("Signed on to 鲁K·T0031");
        Console.WriteLine($"signed on, answered and shown after {clock.ElapsedMilliseconds} ms");
        await Expect(page.GetByTestId("windscreen")).ToHaveAttributeAsync("data-lit", lit!);
        Assert.AreEqual($"{lit!.Count(c => c == '1') - 1}", await LightAsync(Cab));
        await Looks.AtEveryWidthAsync(page, "me-on-en");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("en", "Another driver is already signed on")]
    [DataRow("zh-Hans", "该车已有驾驶员当班")]
    public async Task Driver_TakenOrUnknownCab_IsToldBesideTheFieldAndKeepsWhatWasTyped(string language, string told)
    {
        await using var visit = await Visit.AsAsync("d-0041", language);
        var page = visit.Page;
        await page.GotoAsync("/me");

        await page.FillAsync("#Cab", "cab-0042");
        await page.GetByTestId("sign-on").ClickAsync();
        await Expect(page.GetByTestId("wrong-Cab")).ToContainTextAsync(told);
        await Expect(page.Locator("#Cab")).ToHaveValueAsync("cab-0042");
        await Expect(page.Locator("#Cab")).ToHaveAttributeAsync("aria-invalid", "true");
        await Looks.AtEveryWidthAsync(page, $"me-occupied-{language}");

        await page.FillAsync("#Cab", "cab-9999");
        await page.GetByTestId("sign-on").ClickAsync();
        await Expect(page.GetByTestId("wrong-Cab")).ToBeVisibleAsync();
        await Expect(page.Locator("#Cab")).ToHaveValueAsync("cab-9999");
        await Expect(page.GetByTestId("cab")).ToHaveTextAsync("鲁K·T0041");
    }

    [TestMethod]
    public async Task Driver_CodeOfTheCabScanned_SignsOnToItInTwoPresses()
    {
        const string Driver = "d-0044", Cab = "cab-0044";
        var code = (string)(await City.GetAsync("cabs")).AsArray().Single(c => (string)c!["code"]! == Cab)!["passengerCode"]!;
        await using var visit = await Visit.AsAsync(Driver);
        var page = visit.Page;
        await page.GotoAsync("/me");
        await page.GetByTestId("sign-off").ClickAsync();
        await Expect(page.GetByTestId("done")).ToBeVisibleAsync();

        await page.GotoAsync($"/cab/{code}");
        await page.GetByTestId("sign-on").ClickAsync();
        await Expect(page.Locator("#Cab")).ToHaveValueAsync(code);
        await page.GetByTestId("sign-on").ClickAsync();

        await Expect(page.GetByTestId("done")).ToContainTextAsync("Signed on to 鲁K·T0044");
        await Expect(page.GetByTestId("windscreen")).ToHaveAttributeAsync("data-lit", new System.Text.RegularExpressions.Regex("^1[01]{4}$"));
    }

    [TestMethod]
    [DataRow("en", "Credit report")]
    [DataRow("zh-Hans", "信用报告")]
    public async Task Driver_CreditReport_IsTakenAlongInTheReadersLanguage(string language, string title)
    {
        await using var visit = await Visit.AsAsync("d-0004", language);
        await visit.Page.GotoAsync("/me");

        var pdf = await visit.Page.APIRequest.GetAsync((await visit.Page.GetByTestId("pdf").GetAttributeAsync("href"))!, InLanguage(language));
        var json = await visit.Page.APIRequest.GetAsync((await visit.Page.GetByTestId("json").GetAttributeAsync("href"))!, InLanguage(language));

        Assert.AreEqual((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"]));
        var file = Build.Artifact("pages", $"credit-report-{language}.pdf");
        await File.WriteAllBytesAsync(file, await pdf.BodyAsync());
        var report = JsonNode.Parse(await json.TextAsync())!;
        Assert.AreEqual(title, (string)report["title"]!);
        Assert.AreEqual(64, ((string)report["chain"]!["headHash"]!).Length);
        Assert.AreEqual((decimal)report["points"]!, report["lines"]!.AsArray().Sum(line => (decimal)line!["counts"]!));
    }

    [TestMethod]
    [DataRow("/drivers/d-0005/report.json", 403)]
    [DataRow("/drivers/d-0005/report.pdf", 403)]
    [DataRow("/drivers/d-9999/report.json", 403)]
    public async Task Driver_ReportOfAnother_IsForbidden(string path, int status)
    {
        await using var visit = await Visit.AsAsync("d-0004");

        Assert.AreEqual(status, (await visit.Page.APIRequest.GetAsync(path)).Status);
    }

    [TestMethod]
    [DataRow("/me")]
    [DataRow("/team")]
    [DataRow("/team/report")]
    [DataRow("/drivers/d-0004/report.pdf")]
    public async Task Page_BySomebodyNotSignedIn_AsksToSignIn(string path)
    {
        await using var visit = await Visit.BeginAsync();

        await visit.Page.GotoAsync(path);

        await Expect(visit.Page).ToHaveURLAsync(new Uri(City.Address, $"sign-in?return={Uri.EscapeDataString(path)}").AbsoluteUri);
    }

    [TestMethod]
    [DataRow("officer-chen", "/me")]
    [DataRow("officer-chen", "/team")]
    [DataRow("d-0004", "/team/praise")]
    public async Task Page_ByWhomItIsNotFor_IsForbidden(string name, string path)
    {
        await using var visit = await Visit.AsAsync(name);

        var answer = await visit.Page.GotoAsync(path);

        Assert.AreEqual(403, answer!.Status);
        await Looks.AtEveryWidthAsync(visit.Page, $"{path[1..].Replace('/', '-')}-by-{name}-en");
    }

    [TestMethod]
    [DataRow("/me")]
    [DataRow("/team")]
    public async Task Page_FirstView_Is120KilobytesInSixRequestsAtMostAndNeedsNoScript(string path)
    {
        await using var visit = await Visit.AsAsync("d-0008");

        var weight = await Weight.OfAsync(visit.Page, path);

        weight.AssertAtMost(120_000, requests: 6);
        Assert.AreEqual(0, await visit.Page.Locator("script").CountAsync());
    }

    private static APIRequestContextOptions InLanguage(string language) =>
        new() { Headers = new Dictionary<string, string> { ["Accept-Language"] = language } };

    private static async Task<string> LightAsync(string cab) =>
        (string)(await City.GetAsync("displays"))["displays"]!.AsArray().Single(line => (string)line!["cab"]! == cab)!["light"]!;

    /// <summary>Presses Tab until the element has the focus.</summary>
    private static async Task ReachAsync(IPage page, string selector)
    {
        for (var pressed = 0; pressed < 40; pressed++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by the Tab key");
    }
}
