using System.Diagnostics;
using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>Leader d-0008 of team t-01 and a member, on a phone.</summary>
[TestClass]
public sealed class LeaderJourneyTests
{
    private const string Leader = "d-0008";

    [TestMethod]
    [DataRow("en", "The bureau has received your report", "submitted")]
    [DataRow("zh-Hans", "已提交管理部门", "已提交")]
    public async Task Leader_ByKeysAlone_ReportsOnAPeerInUnderAMinuteAndFollowsIt(string language, string sent, string status)
    {
        await using var visit = await Visit.AsAsync(Leader, language);
        var page = visit.Page;
        await page.SetViewportSizeAsync(320, 640);
        await page.GotoAsync("/team");
        await Expect(page.Locator(".crew")).ToHaveCountAsync(10);
        await Expect(page.Locator($"[data-driver={Leader}] a[href*=report]")).ToHaveCountAsync(0);
        await Looks.AtEveryWidthAsync(page, $"team-{language}");
        await page.SetViewportSizeAsync(320, 640);

        var clock = Stopwatch.StartNew();
        await page.Locator("[data-driver=d-0002] a[href*=report]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#About")).ToHaveValueAsync("d-0002");
        await page.Locator("#About").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Locator("#Hour").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Station rank");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Pushed in before three waiting cabs.");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#Photo")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("done")).ToContainTextAsync(sent);
        Assert.IsLessThan(TimeSpan.FromMinutes(1), clock.Elapsed);
        Console.WriteLine($"reported after {clock.ElapsedMilliseconds} ms");
        var number = new Uri(page.Url).Query.Split("number=")[1];
        await Expect(page.GetByTestId("own").Locator("tr", new() { HasText = number })).ToContainTextAsync(status);
        await Looks.AtEveryWidthAsync(page, $"team-reported-{language}");

        var recorded = await TheDemo.City.GetAsync($"cases/{number}");
        Assert.AreEqual(("peerReport", "submitted", "d-0002", Leader),
            ((string)recorded["kind"]!, (string)recorded["status"]!, (string)recorded["driver"]!, (string)recorded["reporter"]!));
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Report_WithFaults_ToldBesideTheFieldsAndKeepsWhatWasTyped(string language)
    {
        await using var visit = await Visit.AsAsync(Leader, language);
        var page = visit.Page;
        await page.GotoAsync("/team/report");
        await Looks.AtEveryWidthAsync(page, $"team-report-{language}");
        // A browser that checks nothing by itself.
        await page.EvaluateAsync("() => document.querySelector('form.form').noValidate = true");

        await page.FillAsync("#Account", "Typed with care.");
        await page.GetByTestId("send").ClickAsync();

        await Expect(page.GetByTestId("wrong-About")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("wrong-Code")).ToBeVisibleAsync();
        await Expect(page.Locator("#Account")).ToHaveValueAsync("Typed with care.");
        await Looks.AtEveryWidthAsync(page, $"team-report-wrong-{language}");

        await page.EvaluateAsync("() => document.querySelector('form.form').noValidate = true");
        await page.Locator("#About").SelectOptionAsync("d-0002");
        await page.Locator("#Code").SelectOptionAsync("P01");
        await page.FillAsync("#Day", "2018-12-31");
        await page.FillAsync("#Place", "Rank");
        await page.GetByTestId("send").ClickAsync();

        await Expect(page.GetByTestId("wrong-Day")).ToBeVisibleAsync();
        await Expect(page.Locator("#About")).ToHaveValueAsync("d-0002");
        await Expect(page.Locator("#Code")).ToHaveValueAsync("P01");
        await Expect(page.Locator("#Day")).ToHaveValueAsync("2018-12-31");
        await Expect(page.Locator("#Place")).ToHaveValueAsync("Rank");
        await Expect(page.Locator("#Account")).ToHaveValueAsync("Typed with care.");
    }

    [TestMethod]
    [DataRow(Leader, DisplayName = "oneself")]
    [DataRow("d-0030", DisplayName = "outside the team")]
    public async Task Report_OfWhomTheFormDoesNotOffer_IsRefusedByTheServer(string about)
    {
        await using var visit = await Visit.AsAsync(Leader);
        var page = visit.Page;
        await page.GotoAsync("/team/report");
        await page.EvaluateAsync("about => document.querySelector('#About').add(new Option(about, about, true, true))", about);
        await page.Locator("#Code").SelectOptionAsync("P01");
        await page.FillAsync("#Place", "Rank");
        await page.FillAsync("#Account", "Forged.");

        await page.GetByTestId("send").ClickAsync();

        await Expect(page.GetByTestId("wrong-About")).ToBeVisibleAsync();
    }

    [TestMethod]
    [DataRow("en", "has received your praise")]
    [DataRow("zh-Hans", "您的表扬")]
    public async Task Leader_PraisesADriver(string language, string sent)
    {
        await using var visit = await Visit.AsAsync(Leader, language);
        var page = visit.Page;
        await page.GotoAsync("/team/praise?about=d-0003");
        await page.Locator("#Code").SelectOptionAsync("M01");
        await page.FillAsync("#Place", "Harbour");
        await page.FillAsync("#Account", "Brought a suitcase back.");
        await Looks.AtEveryWidthAsync(page, $"team-praise-{language}");

        await page.GetByTestId("send").ClickAsync();

        await Expect(page.GetByTestId("done")).ToContainTextAsync(sent);
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Member_ReportsTheLeaderAndSeesNobodyElse(string language)
    {
        await using var visit = await Visit.AsAsync("d-0002", language);
        var page = visit.Page;
        await page.GotoAsync("/team");
        await Expect(page.Locator(".crew")).ToHaveCountAsync(0);
        await Looks.AtEveryWidthAsync(page, $"team-member-{language}");
        await page.Locator("a[href*='/team/report']").ClickAsync();
        await Expect(page.Locator("#About option")).ToHaveCountAsync(2);
        await page.Locator("#Code").SelectOptionAsync("P01");
        await page.FillAsync("#Place", "Rank");
        await page.FillAsync("#Account", "Sent a waiting cab away.");

        await page.GetByTestId("send").ClickAsync();

        await Expect(page.GetByTestId("done")).ToBeVisibleAsync();
    }
}
