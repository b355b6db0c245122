using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>The passenger's journey on the smallest phone: without scripts, by keyboard alone, in both languages, and what it weighs.</summary>
[TestClass]
public sealed class PassengerTests
{
    [TestMethod]
    [DataRow("en", "Complain", "Next", "Submit", "Thank you. The bureau has received your report.")]
    [DataRow("zh-CN", "投诉", "下一步", "提交", "谢谢，管理部门已收到您的反映。")]
    public async Task Complaint_WithoutScripts_EndsAtAReceiptThatIsFollowed(string language, string complain, string next, string send, string thanks)
    {
        var cab = await CabAsync(language == "en" ? "cab-0201" : "cab-0202");
        await using var visit = await Visit.BeginAsync(320, 640, language: language, runsScripts: false);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{cab}");
        await PictureAsync(page, "cab", language);

        await page.GetByRole(AriaRole.Link, new() { Name = complain, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = next }).ClickAsync();
        await Expect(page.Locator("#conduct-fault")).ToBeVisibleAsync();
        await PictureAsync(page, "report-faults", language);
        await page.Locator("#conduct").SelectOptionAsync("S01");
        await page.Locator("#account").FillAsync("绕行港口 A detour by the harbour.");
        await page.Locator("#place").FillAsync("成山大道 Chengshan Road");
        await PictureAsync(page, "report-filled", language);
        await page.GetByRole(AriaRole.Button, new() { Name = next }).ClickAsync();
        await page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = Photo() });
        await page.Locator("#contact").FillAsync("555-0100");
        await PictureAsync(page, "report-extras", language);
        await page.GetByRole(AriaRole.Button, new() { Name = send, Exact = true }).ClickAsync();

        await Expect(page.GetByText(thanks)).ToBeVisibleAsync();
        await PictureAsync(page, "receipt", language);
        var receipt = await page.GetByTestId("receipt").TextContentAsync();
        await page.GotoAsync("/receipt");
        await page.Locator("input[name=code]").FillAsync(receipt!.ToUpperInvariant());
        await page.Locator("form.form button").ClickAsync();
        await Expect(page.Locator("[data-progress]")).ToHaveAttributeAsync("data-progress", "Received");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Praise_ByKeyboardAlone_EndsAtAReceipt()
    {
        var cab = await CabAsync("cab-0203");
        await using var visit = await Visit.BeginAsync(320, 640);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{cab}");

        await PressAsync(page, "a[href$='kind=praise']", "Enter");
        await TypeAsync(page, "#account", "Brought my bag back.");
        await TypeAsync(page, "#place", "Station");
        await PressAsync(page, "button[value=on]", "Enter");
        await TypeAsync(page, "#contact", "passenger@example.org");
        await PressAsync(page, "button[value=on]", "Enter");

        await Expect(page.GetByText("Thank you. The bureau has received your report.")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task Stars_AnsweredByKeyboard_AgreeOrOpenACheckForTheBureau()
    {
        var cab = await CabAsync("cab-0204");
        await using var visit = await Visit.BeginAsync(320, 640);
        var page = visit.Page;
        await page.GotoAsync($"/cab/{cab}");
        var lit = (await TheDemo.City.GetAsync("displays"))["displays"]!.AsArray()
            .Single(d => d!["cab"]!.GetValue<string>() == "cab-0204")!["light"]!.GetValue<string>();

        await PressAsync(page, $".stars-seen button[value='{lit}']", "Enter");
        await Expect(page.GetByTestId("answer")).ToHaveTextAsync("This matches what the display confirms. Thank you for checking.");
        await PressAsync(page, ".stars-seen button[value=dark]", "Space");
        await Expect(page.GetByTestId("answer")).ToContainTextAsync("The bureau has been told");
        await PictureAsync(page, "cab-other-stars", "en");

        var check = (await TheDemo.City.GetAsync("checks")).AsArray().Single(c => c!["cab"]!.GetValue<string>() == "cab-0204")!;
        Assert.AreEqual(lit, check["confirmed"]!.GetValue<string>());
        Assert.IsNull(check["seen"]);
    }

    [TestMethod]
    [DataRow("passenger-cab", "/cab/{0}")]
    [DataRow("passenger-choose", "/cab/{0}/report")]
    [DataRow("passenger-complaint", "/cab/{0}/report?kind=complaint")]
    [DataRow("passenger-praise", "/cab/{0}/report?kind=praise")]
    [DataRow("passenger-follow", "/receipt")]
    [DataRow("passenger-code", "/cab")]
    [DataRow("passenger-no-cab", "/cab/0000-0000-0000")]
    [DataRow("passenger-no-receipt", "/receipt/0000-0000-0000")]
    public async Task Page_EveryWidthAndLanguage_FitsAndHasNoBarriers(string name, string path)
    {
        path = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await CabAsync("cab-0205"));
        foreach (var language in new[] { "en", "zh-CN" })
        {
            foreach (var (width, scheme) in new[] { (320, ColorScheme.Light), (768, ColorScheme.Light), (1440, ColorScheme.Dark) })
            {
                await using var visit = await Visit.BeginAsync(width, scheme: scheme, language: language);
                await visit.Page.GotoAsync(path);
                await visit.Page.PictureAsync($"{name}-{language}-{width}");
                // axe-core is slow: each layout and each scheme is checked once.
                await AssertFitsAsync(visit, $"{name} {language} {width}", checksBarriers: (language, width) is ("en", 320) or ("zh-CN", 1440));
            }
        }
    }

    /// <summary>The screens between, with their faults, reached as a passenger reaches them.</summary>
    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-CN")]
    public async Task Screens_OfTheReport_FitAndHaveNoBarriers(string language)
    {
        await using var visit = await Visit.BeginAsync(320, 640, language: language);
        var page = visit.Page;
        var go = page.Locator("button[value=on]");
        await page.GotoAsync($"/cab/{await CabAsync("cab-0205")}/report?kind=complaint");
        await page.Locator("#place").FillAsync(" ");
        await go.ClickAsync();
        await AssertFitsAsync(visit, "first screen, with faults", checksBarriers: true);
        await page.Locator("#conduct").SelectOptionAsync("other");
        await page.Locator("#account").FillAsync(new string('长', 1000));
        await page.Locator("#place").FillAsync("A very long place, from the harbour by the station to the other harbour");
        await go.ClickAsync();
        await page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });
        await go.ClickAsync();
        await Expect(page.Locator("#photo-fault")).ToBeVisibleAsync();
        await PictureAsync(page, "report-photo-fault", language);
        await AssertFitsAsync(visit, "answers, with faults", checksBarriers: true);
        await go.ClickAsync();
        await Expect(page.GetByTestId("receipt")).ToBeVisibleAsync();
        await AssertFitsAsync(visit, "receipt", checksBarriers: true);
    }

    [TestMethod]
    public async Task FirstView_OnTheWire_IsUnder60KilobytesInSixRequests()
    {
        await using var visit = await Visit.BeginAsync(320, 640, language: "zh-CN", runsScripts: false);

        var weight = await Weight.OfAsync(visit.Page, $"/cab/{await CabAsync("cab-0205")}");

        weight.AssertAtMost(60_000, requests: 6);
        await Expect(visit.Page.GetByTestId("face")).ToBeVisibleAsync();
    }

    private static async Task<string> CabAsync(string cab) =>
        (await TheDemo.City.GetAsync("cabs")).AsArray().Single(c => c!["code"]!.GetValue<string>() == cab)!["passengerCode"]!.GetValue<string>();

    private static async Task AssertFitsAsync(Visit visit, string where, bool checksBarriers)
    {
        await Looks.FitAsync(visit.Page, where);
        if (checksBarriers)
            await Looks.HaveNoBarriersAsync(visit.Page, where);
    }

    private static Task PictureAsync(IPage page, string name, string language) => page.PictureAsync($"passenger-{name}-{language}-320");

    /// <summary>
    /// Goes to an element by the tabulator, as somebody without a pointer does, and presses a key there. What comes of it, whoever calls awaits: a page
    /// says that it is loaded once, and who asks a moment too late waits for ever.
    /// </summary>
    private static async Task PressAsync(IPage page, string selector, string key)
    {
        await TabToAsync(page, selector);
        await page.Keyboard.PressAsync(key);
    }

    private static async Task TypeAsync(IPage page, string selector, string text)
    {
        await TabToAsync(page, selector);
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        await page.Locator(selector).WaitForAsync();
        for (var tabs = 0; tabs < 60; tabs++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement === document.querySelector(selector)", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by the tabulator.");
    }

    private static byte[] Photo()
    {
        using var bitmap = new SKBitmap(640, 480);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
