using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>The demo's people at their pages.</summary>
[TestClass]
public sealed class DemoAccountTests
{
    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task SignInPage_OfTheDemo_ListsItsPeople(string language)
    {
        await using var visit = await Visit.BeginAsync(language: language);

        await visit.Page.GotoAsync("/sign-in");

        await Expect(visit.Page.Locator(".people button")).ToHaveCountAsync(6);
        await Expect(visit.Page.Locator("#demo-driver option")).ToHaveCountAsync(205);
        await Looks.AtEveryWidthAsync(visit.Page, $"sign-in-{language}");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("admin", "/accounts", "en")]
    [DataRow("admin", "/accounts", "zh-Hans")]
    [DataRow("officer-chen", "/accounts", "en")]
    [DataRow("admin", "/tokens", "en")]
    [DataRow("admin", "/tokens", "zh-Hans")]
    [DataRow("d-0003", "/account", "en")]
    [DataRow("d-0003", "/account", "zh-Hans")]
    [DataRow("d-0003", "/me/repairs", "en")]
    [DataRow("d-0003", "/me/repairs", "zh-Hans")]
    public async Task Page_ByThoseWhoMay_IsShown(string name, string path, string language)
    {
        await using var visit = await Visit.AsAsync(name, language);

        var answer = await visit.Page.GotoAsync(path);

        Assert.AreEqual(200, answer!.Status);
        await Looks.AtEveryWidthAsync(visit.Page, $"{path[1..].Replace('/', '-')}-{name}-{language}");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("auditor-sun", "/accounts", "en", "You are not permitted to use this page")]
    [DataRow("officer-chen", "/tokens", "zh-Hans", "您无权访问此页面")]
    public async Task Page_ByThoseWhoMayNot_IsForbidden(string name, string path, string language, string heading)
    {
        await using var visit = await Visit.AsAsync(name, language);

        var answer = await visit.Page.GotoAsync(path);

        Assert.AreEqual(403, answer!.Status);
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(heading);
        await Looks.AtEveryWidthAsync(visit.Page, $"not-yours-{language}");
    }

    [TestMethod]
    public async Task Wall_BySomebodySignedIn_IsLive()
    {
        await using var visit = await Visit.AsAsync("officer-chen");

        await visit.Page.GotoAsync("/");

        await Expect(visit.Page.GetByTestId("move")).ToBeEnabledAsync();
        await Expect(visit.Page.Locator(".who a")).ToHaveTextAsync("officer-chen");
    }

    [TestMethod]
    public async Task Wall_OfASessionEndedElsewhere_GoesToSignIn()
    {
        await using var wall = await Visit.AsAsync("d-0150");
        await wall.Page.GotoAsync("/");
        await Expect(wall.Page.GetByTestId("move")).ToBeEnabledAsync();
        await using var elsewhere = await Visit.AsAsync("d-0150");

        await elsewhere.Page.GetByTestId("end").ClickAsync();

        await Expect(wall.Page).ToHaveURLAsync(new Uri(TheDemo.City.Address, "sign-in?return=%2F").AbsoluteUri);
        Assert.IsEmpty(wall.Complaints, string.Join('\n', wall.Complaints));
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Token_MadeByKeyboard_IsShown(string language)
    {
        await using var visit = await Visit.AsAsync("admin", language);
        await visit.Page.GotoAsync("/tokens");

        await visit.Page.TabToAsync(visit.Page.Locator("#Name"));
        await visit.Page.Keyboard.TypeAsync($"bulletin board {language}");
        await visit.Page.TabToAsync(visit.Page.Locator("input[name=Chosen][value=read]"));
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.GetByTestId("token")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{64}$"));
        await Looks.AtEveryWidthAsync(visit.Page, $"token-made-{language}");
    }

    [TestMethod]
    [DataRow("en", "This form has expired")]
    [DataRow("zh-Hans", "此表单已失效")]
    public async Task Form_OpenedBeforeSigningInElsewhere_HasAPageThatSaysSo(string language, string heading)
    {
        await using var visit = await Visit.AsAsync("d-0003", language);
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync("/account");
        await other.ClickAsync("form.who button");

        await visit.Page.ClickAsync("form.who button");

        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(heading);
        await Looks.AtEveryWidthAsync(visit.Page, $"stale-form-{language}");
    }
}
