using Dispatch.Tests.Accounts;
using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>Accounts of a server that is no demo, from its first start on. Every page on the way is looked at.</summary>
[TestClass]
public sealed class AccountJourneyTests
{
    private const string Password = "four grey lamps hum";

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task FirstAdmin_ByTheLinkOnTheConsole_InvitesByKeyboardAnOfficerWhoSignsIn(string language)
    {
        await using var server = await Demo.ServeAsync();
        await using var admin = await Visit.BeginAsync(language: language, address: server.Address);
        var key = await AcceptAsync(admin.Page, FirstLink(server), language);
        Assert.AreEqual(32, key.Length, "160 bits");

        await admin.Page.GotoAsync("/accounts");
        await TypeAsync(admin.Page, "#Name", "Officer New");
        await Expect(admin.Page.Locator("#Name-fault")).ToBeVisibleAsync();
        await Expect(admin.Page.Locator("#Name")).ToHaveValueAsync("Officer New");
        await Looks.AtEveryWidthAsync(admin.Page, $"accounts-refused-{language}");
        await admin.Page.TabToAsync(admin.Page.Locator("#NewRole"));
        await admin.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(admin.Page.Locator("#NewRole")).ToHaveValueAsync("Officer");
        await admin.Page.Locator("#Name").FocusAsync();
        await admin.Page.Keyboard.PressAsync("Control+A");
        await TypeAsync(admin.Page, "#Name", "officer-new");
        var link = await admin.Page.GetByTestId("link").InnerTextAsync();
        await Looks.AtEveryWidthAsync(admin.Page, $"accounts-invited-{language}");

        await using var officer = await Visit.BeginAsync(language: language, address: server.Address);
        var officersKey = await AcceptAsync(officer.Page, link, null);
        await using var again = await Visit.BeginAsync(language: language, address: server.Address);
        await SignInByKeyboardAsync(again.Page, "officer-new");
        await Expect(again.Page.Locator("#Code")).ToBeVisibleAsync();
        await Looks.AtEveryWidthAsync(again.Page, $"second-factor-code-{language}");
        await again.Page.TabToAsync(again.Page.Locator("#Code"));
        await again.Page.Keyboard.TypeAsync(Authenticator.CodeOf(officersKey, 1));
        await again.Page.Keyboard.PressAsync("Enter");
        await Expect(again.Page.Locator("h1")).ToHaveTextAsync("officer-new");
        await Looks.AtEveryWidthAsync(again.Page, $"account-{language}");

        // The first browser's session is ended at the second.
        await again.Page.EnterAsync(again.Page.GetByTestId("end"));
        await Expect(again.Page.GetByTestId("end")).ToHaveCountAsync(0);
        await officer.Page.GotoAsync("/account");
        await Expect(officer.Page).ToHaveURLAsync(new Uri(server.Address, "sign-in?return=%2Faccount").AbsoluteUri);
        Assert.IsEmpty(admin.Complaints.Concat(officer.Complaints).Concat(again.Complaints).ToList());
    }

    [TestMethod]
    public async Task Account_WrongPasswordFiveTimes_MakesWhoeverTriesWait()
    {
        await using var server = await Demo.ServeAsync();
        await using var visit = await Visit.BeginAsync(address: server.Address);
        await AcceptAsync(visit.Page, FirstLink(server), null);
        await visit.Page.ClickAsync("form.who button");
        await Expect(visit.Page.Locator("form.who")).ToHaveCountAsync(0);

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await SignInByKeyboardAsync(visit.Page, "admin", "wrong wrong wrong");
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("After the fifth, wait some minutes");
        await Expect(visit.Page.Locator("#Number")).ToHaveValueAsync("admin");
        await Looks.AtEveryWidthAsync(visit.Page, "sign-in-waits-en");
        await SignInByKeyboardAsync(visit.Page, "admin");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("After the fifth, wait some minutes");
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Invitation_Unknown_HasAPageThatSaysWhatToDo(string language)
    {
        await using var visit = await Visit.BeginAsync(language: language);

        var answer = await visit.Page.GotoAsync("/invitation/0000");

        Assert.AreEqual(410, answer!.Status);
        await Looks.AtEveryWidthAsync(visit.Page, $"invitation-unknown-{language}");
    }

    [TestMethod]
    public async Task Passkey_AddedByTheAdmin_SignsInWithoutPasswordAndCodeUntilItIsRemoved()
    {
        await using var server = await Demo.ServeAsync();
        // A passkey belongs to a name, which 127.0.0.1 is not.
        var named = new Uri($"http://localhost:{server.Address.Port}/");
        await using var visit = await Visit.BeginAsync(address: named);
        var device = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await AcceptAsync(visit.Page, new Uri(named, new Uri(FirstLink(server)).AbsolutePath).AbsoluteUri, null);
        await visit.Page.GotoAsync("/account");
        await visit.Page.ClickAsync("form[data-creates] button");
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The passkey is added.");
        await visit.Page.ClickAsync("form.who button");

        await visit.Page.GotoAsync("/sign-in?return=/accounts");
        await visit.Page.ClickAsync("form[data-passkey] button");

        await Expect(visit.Page).ToHaveURLAsync(new Uri(named, "accounts").AbsoluteUri);
        await visit.Page.GotoAsync("/account");
        await Looks.AtEveryWidthAsync(visit.Page, "account-passkey-en");
        await visit.Page.GetByTestId("remove").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The passkey is removed.");
        await visit.Page.ClickAsync("form.who button");
        await visit.Page.GotoAsync("/sign-in");
        await visit.Page.ClickAsync("form[data-passkey] button");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("No account here has this passkey. Use your password.");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    private static string FirstLink(Demo server) => server.Lines.Single(line => line.StartsWith("first admin ", StringComparison.Ordinal)).Split(' ')[2];

    /// <summary>Sets a password, after one that is too weak, and the second factor, by keyboard alone.</summary>
    /// <param name="language">Names the pictures that are taken; null for none.</param>
    /// <returns>The authenticator's key.</returns>
    private static async Task<string> AcceptAsync(IPage page, string link, string? language)
    {
        await page.GotoAsync(link);
        await TypeAsync(page, "#Password", "password1234");
        await Expect(page.Locator("#Password-fault")).ToBeVisibleAsync();
        if (language is not null)
            await Looks.AtEveryWidthAsync(page, $"invitation-refused-{language}");
        await TypeAsync(page, "#Password", Password);

        var key = await page.GetByTestId("key").InnerTextAsync();
        if (language is not null)
            await Looks.AtEveryWidthAsync(page, $"second-factor-{language}");
        await TypeAsync(page, "#Code", Authenticator.CodeOf(key));
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        if (language is not null)
            await Looks.AtEveryWidthAsync(page, $"recovery-codes-{language}");
        await page.EnterAsync(page.GetByTestId("continue"));
        await page.WaitForURLAsync("**/account");
        return key;
    }

    /// <summary>Types number and password as somebody without a mouse does, and waits for the answer.</summary>
    private static async Task SignInByKeyboardAsync(IPage page, string name, string password = Password)
    {
        await page.GotoAsync("/sign-in?return=/account");
        await page.FocusAsync("#Number");
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(password);
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), answer => answer.Request.Method == "POST");
    }

    /// <summary>Tabs to a field, types and sends the form.</summary>
    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await page.TabToAsync(page.Locator(field));
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }
}
