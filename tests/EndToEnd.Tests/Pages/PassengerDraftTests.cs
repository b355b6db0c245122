using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>What a passenger has typed outlives Back, a reload, the other language, a session that is gone and a restored tab, and no longer.</summary>
[TestClass]
public sealed class PassengerDraftTests
{
    private const string Account = "绕行港口，A detour & \"more\".";
    private const string Place = "成山大道 Chengshan Road";

    /// <summary>Not sent yet, so that the server knows nothing of it: the script keeps it.</summary>
    [TestMethod]
    public async Task Typed_LanguageSwitchedOrReloadedOrLeft_IsStillThere()
    {
        await using var visit = await Visit.BeginAsync(390, 844);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{await CabAsync("cab-0181")}");
        await page.Locator("a[href$='kind=complaint']").ClickAsync();
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#account").FillAsync(Account);

        await page.Locator("a.language").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        await AssertTypedAsync(page);
        await page.ReloadAsync();
        await AssertTypedAsync(page);
        await page.GotoAsync("/months");
        await page.GoBackAsync();
        await AssertTypedAsync(page);
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Typed_BeforeTheScriptHasCome_IsStillThereAfterIt()
    {
        await using var visit = await Visit.BeginAsync(390, 844);
        var page = visit.Page;
        var (asked, typed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/report*.js", async route =>
        {
            asked.TrySetResult();
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/cab/{await CabAsync("cab-0181")}/report?kind=complaint", new() { WaitUntil = WaitUntilState.Commit });
        await asked.Task;
        await page.Locator("#conduct").SelectOptionAsync("S01");
        typed.SetResult();
        await page.Locator("#account").FillAsync(Account);

        await page.WaitForLoadStateAsync();
        await page.ReloadAsync();
        await AssertTypedAsync(page);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false, DisplayName = "Without scripts")]
    public async Task Screens_BackForwardReloadAndOtherLanguage_HoldWhatWasTyped(bool runsScripts)
    {
        await using var visit = await Visit.BeginAsync(390, 844, runsScripts: runsScripts);
        var page = visit.Page;
        await ToLastScreenAsync(page, await CabAsync(runsScripts ? "cab-0182" : "cab-0183"));
        var answers = page.Locator(".rows-of");

        await page.ReloadAsync();
        await Expect(answers).ToContainTextAsync(Account);
        await page.Locator("a.language").ClickAsync();
        await Expect(answers).ToContainTextAsync(Account);
        await page.Locator("a.language").ClickAsync();
        // Two languages lie between, each of which is the same screen.
        for (var backs = 0; backs < 4 && !await page.Locator("#account").IsVisibleAsync(); backs++)
            await page.GoBackAsync();
        await AssertTypedAsync(page);
        await Expect(page.Locator("#place")).ToHaveValueAsync(Place);
        await page.GoForwardAsync();
        await Expect(answers).ToContainTextAsync(Place);
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.GetByTestId("receipt")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task Screens_FaultsThenBack_AskForAPageAndSendNothingAgain()
    {
        await using var visit = await Visit.BeginAsync(390, 844, runsScripts: false);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{await CabAsync("cab-0184")}/report?kind=complaint");
        await page.Locator("#account").FillAsync(Account);
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.Locator("#conduct-fault")).ToBeVisibleAsync();
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#place").FillAsync(Place);
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.Locator(".rows-of")).ToContainTextAsync(Account);

        var answer = await page.GoBackAsync();

        Assert.AreEqual("GET", answer!.Request.Method);
        await AssertTypedAsync(page);
    }

    /// <summary>A tab that the browser has restored, or one older than the server's keys: what is posted stands there again, to be sent.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false, DisplayName = "Without scripts")]
    public async Task Session_GoneWhileWriting_ShowsTheFormAgainAndSendsItAtTheNextPress(bool runsScripts)
    {
        await using var visit = await Visit.BeginAsync(390, 844, runsScripts: runsScripts);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{await CabAsync(runsScripts ? "cab-0185" : "cab-0186")}/report?kind=complaint");
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#account").FillAsync(Account);
        await page.Locator("#place").FillAsync(Place);
        await page.Context.ClearCookiesAsync();

        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.GetByTestId("not-sent")).ToBeVisibleAsync();
        await page.PictureAsync($"passenger-not-sent-{runsScripts}");
        await AssertTypedAsync(page);
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.Locator(".rows-of")).ToContainTextAsync(Account);
        await page.Context.ClearCookiesAsync();
        await page.Locator("#contact").FillAsync("555-0100");
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.GetByTestId("not-sent")).ToBeVisibleAsync();
        await Expect(page.Locator("#contact")).ToHaveValueAsync("555-0100");
        await page.Locator("button[value=on]").ClickAsync();

        await Expect(page.GetByTestId("receipt")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task Tab_RestoredWithoutItsCookies_HoldsWhatWasTyped()
    {
        await using var visit = await Visit.BeginAsync(390, 844);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{await CabAsync("cab-0187")}/report?kind=complaint");
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#account").FillAsync(Account);
        await page.Context.ClearCookiesAsync();

        await page.GotoAsync(page.Url);

        await AssertTypedAsync(page);
    }

    /// <summary>The phone may be shared: whoever has it next reads nothing of the report in the form.</summary>
    [TestMethod]
    public async Task Report_Sent_LeavesNothingInTheBrowser()
    {
        await using var visit = await Visit.BeginAsync(390, 844);
        var page = visit.Page;
        await ToLastScreenAsync(page, await CabAsync("cab-0188"));
        await page.Locator("#contact").FillAsync("555-0100");
        Assert.AreEqual(1, await page.EvaluateAsync<int>("sessionStorage.length"));
        CollectionAssert.Contains((await page.Context.CookiesAsync()).Select(c => c.Name.Split('-')[0]).ToList(), "report");
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.GetByTestId("receipt")).ToBeVisibleAsync();

        Assert.AreEqual(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        Assert.AreEqual(0, await page.EvaluateAsync<int>("localStorage.length"));
        CollectionAssert.DoesNotContain((await page.Context.CookiesAsync()).Select(c => c.Name.Split('-')[0]).ToList(), "report");
        await page.GoBackAsync();
        await Expect(page.Locator("#account")).ToHaveValueAsync("");
        Assert.DoesNotContain("555-0100", await page.ContentAsync());
    }

    [TestMethod]
    public async Task Photo_LostByAReload_IsTold()
    {
        await using var visit = await Visit.BeginAsync(390, 844);
        var page = visit.Page;
        await ToLastScreenAsync(page, await CabAsync("cab-0189"));
        await Expect(page.Locator("[data-photo-again]")).ToBeHiddenAsync();
        await page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });

        await page.ReloadAsync();

        await Expect(page.Locator("[data-photo-again]")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task Complaint_FromTheCabsPage_TakesAtMostEightTapsAndLiesInTheFirstView()
    {
        await using var visit = await Visit.BeginAsync(320, 640);
        var (page, taps) = (visit.Page, 0);
        await page.GotoAsync($"/cab/{await CabAsync("cab-0190")}");
        var complain = page.Locator("a[href$='kind=complaint']");
        var box = (await complain.BoundingBoxAsync())!;
        Assert.IsLessThanOrEqualTo(640, box.Y + box.Height, "complaining lies below the fold");

        await TapAsync("a[href$='kind=complaint']");
        // A list takes two: one to open it, one to choose.
        taps += 2;
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await TapAsync("#account");
        await page.Keyboard.TypeAsync("A detour.");
        await TapAsync("#place");
        await page.Keyboard.TypeAsync("Harbour");
        await TapAsync("button[value=on]");
        await TapAsync("button[value=on]");

        await Expect(page.GetByTestId("receipt")).ToBeVisibleAsync();
        Assert.IsLessThanOrEqualTo(8, taps);

        async Task TapAsync(string what)
        {
            taps++;
            await page.Locator(what).ClickAsync();
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/report?kind=complaint")]
    public async Task FirstView_OfAPage_IsAtMost20KilobytesBesideStyleAndScript(string path)
    {
        await using var visit = await Visit.BeginAsync(390, 844, language: "zh-CN", runsScripts: false);

        var weight = await Weight.OfAsync(visit.Page, $"/cab/{await CabAsync("cab-0190")}{path}");

        weight.AssertAtMost(30_000, requests: 6);
    }

    private static async Task AssertTypedAsync(IPage page)
    {
        await Expect(page.Locator("#account")).ToHaveValueAsync(Account);
        await Expect(page.Locator("#conduct")).ToHaveValueAsync("S01");
    }

    private static async Task ToLastScreenAsync(IPage page, string cab)
    {
        await page.GotoAsync($"/cab/{cab}/report?kind=complaint");
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#account").FillAsync(Account);
        await page.Locator("#place").FillAsync(Place);
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.Locator("#contact")).ToBeVisibleAsync();
    }

    private static async Task<string> CabAsync(string cab) =>
        (string)(await TheDemo.City.GetAsync("cabs")).AsArray().Single(c => (string)c!["code"]! == cab)!["passengerCode"]!;
}
