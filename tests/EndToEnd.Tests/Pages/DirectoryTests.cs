using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>Sign-in through the bureau's own directory, by OpenID Connect.</summary>
[TestClass]
public sealed class DirectoryTests
{
    [TestMethod]
    public async Task Directory_ByWhomItNames_SignsInOrRefuses()
    {
        await using var issuer = await SmallIssuer.StartAsync();
        await using var server = await Demo.ServeAsync(
            ("Directory__Authority", issuer.Address), ("Directory__ClientId", SmallIssuer.Client), ("Directory__ClientSecret", "s"));
        await using var known = await Visit.BeginAsync(address: server.Address);
        await using var unknown = await Visit.BeginAsync(address: server.Address);

        await known.Page.GotoAsync("/sign-in?return=/tokens");
        await known.Page.ClickAsync("a[href^='/sign-in/directory']");
        issuer.Name = "somebody-else";
        await unknown.Page.GotoAsync("/sign-in");
        await unknown.Page.ClickAsync("a[href^='/sign-in/directory']");

        await Expect(known.Page).ToHaveURLAsync(new Uri(server.Address, "tokens").AbsoluteUri);
        await Expect(known.Page.Locator(".who a")).ToHaveTextAsync("admin");
        await Expect(unknown.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("The directory knows you");
        await Looks.AtEveryWidthAsync(unknown.Page, "sign-in-directory-en");

        issuer.Declines = true;
        await unknown.Page.GotoAsync("/language/zh-Hans?back=/sign-in");
        await unknown.Page.ClickAsync("a[href^='/sign-in/directory']");
        await Expect(unknown.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("统一身份认证未能完成登录");
        await Looks.AtEveryWidthAsync(unknown.Page, "sign-in-directory-zh-Hans");
    }
}
