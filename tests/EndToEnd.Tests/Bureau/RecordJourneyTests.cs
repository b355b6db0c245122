using EndToEnd.Tests.Running;
using static EndToEnd.Tests.Running.TheDemo;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>An officer records a call with the keyboard alone, and the caller follows it.</summary>
[TestClass]
public sealed class RecordJourneyTests
{
    /// <summary>At three keys a second it is done within a minute.</summary>
    private const int MaxKeys = 180;

    /// <summary>Counts keys as they go down, over all pages of the visit.</summary>
    private const string CountKeys = "addEventListener('keydown', () => sessionStorage.keys = +(sessionStorage.keys ?? 0) + 1, true)";

    [TestMethod]
    [DataRow("en", "cab-0101")]
    [DataRow("zh-Hans", "cab-0102")]
    public async Task Officer_ByKeyboardAlone_RecordsACallInUnderAMinuteOfKeys(string language, string cab)
    {
        var plate = (string)(await City.GetAsync("cabs")).AsArray().Single(c => (string)c!["code"]! == cab)!["plate"]!;
        await using var visit = await Visit.AsAsync("officer-lin", language);
        var page = visit.Page;
        await page.AddInitScriptAsync(CountKeys);
        await page.GotoAsync("/bureau");
        await page.EnterAsync(page.Locator("main a[href='/bureau/record']"));
        await Expect(page.Locator("#who")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync(plate.Replace("·", "", StringComparison.Ordinal));
        await page.TabToAsync(page.Locator("#hour"));
        await page.Keyboard.TypeAsync("9");
        await page.TabToAsync(page.Locator("#conduct"));
        await page.Keyboard.TypeAsync("S03");
        await page.TabToAsync(page.Locator("[id='Input.Place']"));
        await page.Keyboard.TypeAsync("Harbour");
        await page.TabToAsync(page.Locator("#input-account"));
        await page.Keyboard.TypeAsync("Meter off, 40 yuan asked.");
        await page.TabToAsync(page.Locator("[id='Input.Contact']"));
        await page.Keyboard.TypeAsync("555-0100");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("found").Locator("input")).ToBeFocusedAsync();
        await Looks.AtWidthsAsync(page, $"record-found-{language}", [390, 320, 1440]);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("recorded")).ToBeVisibleAsync();
        var keys = await page.EvaluateAsync<int>("+sessionStorage.keys");
        Console.WriteLine($"keys from the first page to the receipt: {keys}");
        Assert.IsLessThan(MaxKeys, keys);
        await Looks.AtWidthsAsync(page, $"recorded-{language}", [390, 320, 1440]);
        var receipt = await page.GetByTestId("receipt").InnerTextAsync();
        await using (var caller = await Visit.BeginAsync(320, 640, runsScripts: false, language: language))
        {
            Assert.AreEqual(200, (await caller.Page.GotoAsync($"/receipt/{receipt}"))!.Status);
            await Expect(caller.Page.Locator("h1")).ToContainTextAsync(receipt);
        }

        await page.EnterAsync(page.GetByTestId("another"));
        await Expect(page.Locator("#who")).ToBeFocusedAsync();
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Kind_Chosen_LeavesWhatBelongsToItAndFaultsKeepWhatWasTyped(string language)
    {
        await using var visit = await Visit.AsAsync("officer-lin", language);
        var page = visit.Page;
        await page.GotoAsync("/bureau/record?kind=infringement");
        await Expect(page.Locator("[id='Input.Decision']")).ToBeVisibleAsync();
        await Expect(page.Locator("[id='Input.Contact']")).ToBeHiddenAsync();
        await page.Locator("input[value=Merit]").CheckAsync();
        await Expect(page.Locator("#merit")).ToBeVisibleAsync();
        await Expect(page.Locator("#conduct")).ToBeHiddenAsync();
        await page.Locator("#who").FillAsync("鲁Ｋ・Ｔ９９９９");
        await page.Locator("#input-account").FillAsync("拾金不昧。");

        await page.GetByTestId("record").ClickAsync();

        await Expect(page.GetByTestId("wrong-who")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("wrong-merit")).ToBeVisibleAsync();
        await Expect(page.Locator("#input-account")).ToHaveValueAsync("拾金不昧。");
        await Expect(page.Locator("#who")).ToHaveValueAsync("鲁Ｋ・Ｔ９９９９");
        await Looks.AtWidthsAsync(page, $"record-wrong-{language}", [390, 320, 1440]);
    }
}
