using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>Chosen by the browser, switchable, kept.</summary>
[TestClass]
public sealed class LanguageTests
{
    [TestMethod]
    [DataRow("en-GB", "en")]
    [DataRow("zh-CN", "zh-Hans")]
    [DataRow("zh-TW", "zh-Hans")]
    [DataRow("fr-FR", "en")]
    public async Task Page_BrowsersLanguage_IsAnsweredInOneOfOurs(string asked, string answered)
    {
        await using var visit = await Visit.BeginAsync(language: asked);

        await visit.Page.GotoAsync("/months");

        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", answered);
    }

    [TestMethod]
    public async Task Page_LanguageSwitched_IsKeptOnOtherPagesAndByTheLiveWall()
    {
        await using var visit = await Visit.BeginAsync();
        await visit.Page.GotoAsync("/months/2017-12");

        await visit.Page.GetByText("中文").ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Uri(TheDemo.City.Address, "months/2017-12").AbsoluteUri);
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("2017年12月");
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.GetByTestId("move")).ToBeEnabledAsync();
        await Expect(visit.Page.GetByTestId("move")).ToHaveTextAsync("换车");
    }

    [TestMethod]
    [DataRow("/language/en?back=https://elsewhere.example/")]
    [DataRow("/language/en?back=//elsewhere.example/")]
    public async Task Switch_BackToAnotherServer_GoesToTheFrontPage(string path)
    {
        await using var visit = await Visit.BeginAsync();

        await visit.Page.GotoAsync(path);

        await Expect(visit.Page).ToHaveURLAsync(TheDemo.City.Address.AbsoluteUri);
    }
}
