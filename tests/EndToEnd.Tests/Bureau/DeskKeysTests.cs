using EndToEnd.Tests.Running;
using static EndToEnd.Tests.Running.TheDemo;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>The desk by its keys.</summary>
[TestClass]
public sealed class DeskKeysTests
{
    [TestMethod]
    [DataRow("en", "officer-lin")]
    [DataRow("zh-Hans", "officer-chen")]
    public async Task Keys_AtTheDesk_OpenTakeAndChooseAndCanBeSwitchedOff(string language, string officer)
    {
        for (var n = 0; n < 3; n++)
            await UndecidedAsync();
        await using var visit = await Visit.AsAsync(officer, language);
        var page = visit.Page;
        await page.GotoAsync("/bureau");
        var rows = page.Locator("[data-row] a");
        await Expect(page.Locator("[data-row] a[autofocus]")).ToBeFocusedAsync();
        await Looks.AtWidthsAsync(page, $"desk-{language}", [390, 320, 1440]);

        await rows.Nth(0).FocusAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(rows.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("[data-keys] dl")).ToBeVisibleAsync();
        await Looks.AtWidthsAsync(page, $"desk-keys-{language}", [390, 320, 1440]);
        await page.Locator("[data-row]:has([data-key=a]) a").First.FocusAsync();
        await page.Keyboard.PressAsync("a");

        await Expect(page.Locator(".head p.soft")).ToContainTextAsync(officer);
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("input[value=Upheld]")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator("input[value=Dismissed]")).ToBeCheckedAsync();
        await page.Locator("#input-reason").FillAsync("");
        await page.Locator("#input-reason").PressSequentiallyAsync("judakk?");
        await Expect(page.Locator("#input-reason")).ToHaveValueAsync("judakk?");
        await Expect(page.Locator("input[value=Dismissed]")).ToBeCheckedAsync();
        await page.EnterAsync(page.Submit("give-back"));
        await Expect(page.Submit("take-up")).ToBeVisibleAsync();

        await page.Locator("[data-keys] summary").ClickAsync();
        await page.Locator("[data-keys-on]").UncheckAsync();
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("input[value=Upheld]")).Not.ToBeCheckedAsync();
        await page.EnterAsync(page.GetByTestId("next"));
        await Expect(page.Locator("h1")).ToContainTextAsync("c-");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    /// <summary>It needs no hearing, so that it can be decided at once.</summary>
    private static async Task UndecidedAsync() => await City.PostAsync("cases", new
    {
        actor = "supervisor-zhao", kind = "infringement", driver = "d-0150", code = "S01", conductOn = "2018-01-01", conductHour = 9, place = "石岛客运站",
        account = "司机未经同意绕行，多收了车费。", authority = "运管决字 2018 第 2 号",
    });
}
