using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>The passenger's receipt: what was sent, when the decision is expected, and how it is withdrawn.</summary>
[TestClass]
public sealed class ReceiptTests
{
    [TestMethod]
    [DataRow("en", "cab-0177")]
    [DataRow("zh-CN", "cab-0178")]
    public async Task Receipt_Withdrawn_SaysSoAndOffersItNoMore(string language, string cab)
    {
        await using var visit = await Visit.BeginAsync(390, 844, language: language, runsScripts: false);
        var page = visit.Page;
        var code = (string)(await TheDemo.City.GetAsync("cabs")).AsArray().Single(c => (string)c!["code"]! == cab)!["passengerCode"]!;
        await page.GotoAsync($"/cab/{code}/report?kind=complaint");
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#account").FillAsync("绕行港口\nA detour by the harbour, " + new string('x', 60));
        await page.Locator("#place").FillAsync("成山大道 Chengshan Road");
        await page.Locator("button[value=on]").ClickAsync();
        await page.Locator("#contact").FillAsync("555-0100");
        await page.Locator("button[value=on]").ClickAsync();
        await Expect(page.GetByTestId("answer-Account")).ToContainTextAsync("A detour by the harbour");
        Assert.DoesNotContain("555-0100", await page.ContentAsync());
        var address = page.Url;
        await page.Locator("details summary").ClickAsync();
        await page.PictureAsync($"receipt-{language}-390");

        await using (var looks = await Visit.BeginAsync(language: language))
        {
            await looks.Page.GotoAsync(address);
            await looks.Page.Locator("details summary").ClickAsync();
            await Looks.AtEveryWidthAsync(looks.Page, $"receipt-open-{language}");
        }

        await page.Locator("details button").ClickAsync();
        await Expect(page.Locator("[data-progress]")).ToHaveAttributeAsync("data-progress", "Withdrawn");
        await Expect(page.Locator("[data-withdrawing]")).ToBeHiddenAsync();
        await page.PictureAsync($"receipt-withdrawn-{language}-390");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-progress]")).ToHaveAttributeAsync("data-progress", "Withdrawn");
    }

    [TestMethod]
    public async Task FirstView_OfAReceipt_IsLight()
    {
        await using var visit = await Visit.BeginAsync(390, 844, language: "zh-CN", runsScripts: false);

        var weight = await Weight.OfAsync(visit.Page, "/receipt");

        weight.AssertAtMost(30_000, requests: 5);
    }
}
