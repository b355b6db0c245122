using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>What a passenger sends is looked at by an officer, from the list to the case, and what a passenger saw is checked.</summary>
[TestClass]
public sealed class PassengerDeskTests
{
    [TestMethod]
    [DataRow("en", "cab-0191")]
    [DataRow("zh-Hans", "cab-0192")]
    public async Task Officer_ByKeyboardAlone_ReleasesAHeldReportAndMakesACaseOfIt(string language, string cab)
    {
        var number = await HeldReportAsync(cab);
        await using var visit = await Visit.AsAsync("officer-lin", language);
        var page = visit.Page;
        await page.GotoAsync("/bureau");
        await Looks.AtEveryWidthAsync(page, $"home-with-reports-{language}");
        await page.EnterAsync(page.Locator("main h2 a[href='/bureau/reports']"));
        await Looks.AtEveryWidthAsync(page, $"reports-{language}");
        await page.EnterAsync(page.Locator($"a[href='/bureau/reports/{number}']"));
        await Expect(page.Locator("figure.photo img")).ToHaveJSPropertyAsync("naturalWidth", 640);
        await Looks.AtEveryWidthAsync(page, $"report-held-{language}");

        await page.EnterAsync(page.Submit("release"));
        await Expect(page.Submit("release")).ToHaveCountAsync(0);
        await page.TabToAsync(page.Locator("#driver"));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("d-9999");
        await page.EnterAsync(page.Submit("assign"));
        await Expect(page.GetByTestId("wrong-driver")).ToBeVisibleAsync();
        await Looks.AtEveryWidthAsync(page, $"report-wrong-{language}");
        await page.TabToAsync(page.Locator("#driver"));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("d-0191");
        await page.TabToAsync(page.Locator("#code"));
        await page.Keyboard.TypeAsync("S09");
        await page.EnterAsync(page.Submit("assign"));

        await page.EnterAsync(page.Locator("main .rows-of a[href^='/bureau/cases/']"));
        await Expect(page.Locator("figure.photo img")).ToHaveJSPropertyAsync("naturalWidth", 640);
        await Expect(page.Locator($"a[href='/bureau/reports/{number}']")).ToBeVisibleAsync();
        await Looks.AtEveryWidthAsync(page, $"case-of-report-{language}");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("en", "cab-0193")]
    [DataRow("zh-Hans", "cab-0194")]
    public async Task Officer_ByKeyboardAlone_ClosesACheckThatAnotherClosedMeanwhile(string language, string cab)
    {
        await using (var passenger = await Visit.BeginAsync(320, 640, runsScripts: false))
        {
            await passenger.Page.GotoAsync($"/cab/{await CodeOfAsync(cab)}");
            await passenger.Page.Locator(".stars-seen button[value=dark]").ClickAsync();
        }

        var id = (await TheDemo.City.GetAsync("checks")).AsArray().Last(c => (string)c!["cab"]! == cab)!["id"]!.GetValue<long>();
        await using var visit = await Visit.AsAsync("officer-lin", language);
        var page = visit.Page;
        await page.GotoAsync("/bureau/checks");
        await Looks.AtEveryWidthAsync(page, $"checks-{language}");
        await page.TabToAsync(page.Locator($"#finding-{id}"));
        await page.Keyboard.TypeAsync("A curtain hid the unit.");
        await TheDemo.City.PostAsync($"checks/{id}/closing", new { actor = "officer-chen", finding = "The unit lights as it says." });

        var answer = await page.RunAndWaitForResponseAsync(() => page.EnterAsync(page.Submit($"close-{id}")), response => response.Request.Method == "POST");

        Assert.AreEqual(409, answer.Status);
        await Expect(page.GetByTestId("changed")).ToContainTextAsync("A curtain hid the unit.");
        await Expect(page.GetByTestId("changed")).ToContainTextAsync("The unit lights as it says.");
        await Looks.AtEveryWidthAsync(page, $"check-changed-{language}");
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Leader_ReportsWithAPhotoThatIsNoneAndThenWithOne(string language)
    {
        await using var visit = await Visit.AsAsync("d-0008", language);
        var page = visit.Page;
        await page.GotoAsync("/team/report?about=d-0002");
        await page.Locator("#Code").SelectOptionAsync("P01");
        await page.FillAsync("#Place", "石岛客运站");
        await page.FillAsync("#Account", "在站点与同行争抢客源。");
        await page.Locator("#Photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });
        await page.GetByTestId("send").ClickAsync();
        await Expect(page.GetByTestId("wrong-Photo")).ToBeVisibleAsync();
        await Looks.AtEveryWidthAsync(page, $"team-report-photo-{language}");

        await page.Locator("#Photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = Photo() });
        await page.GetByTestId("send").ClickAsync();

        await Expect(page.GetByTestId("done")).ToBeVisibleAsync();
        var number = new Uri(page.Url).Query.Split("number=")[1];
        await using var officer = await Visit.AsAsync("officer-lin", language);
        await officer.Page.GotoAsync($"/bureau/cases/{number}");
        await Expect(officer.Page.Locator("figure.photo img")).ToHaveJSPropertyAsync("naturalWidth", 640);
    }

    /// <summary>A complaint about something that the rulebook does not name, with photo and contact, sent until one is held back for its many.</summary>
    private static async Task<string> HeldReportAsync(string cab)
    {
        var code = await CodeOfAsync(cab);
        await using var visit = await Visit.BeginAsync(320, 640, runsScripts: false);
        var page = visit.Page;
        for (var sent = 1; ; sent++)
        {
            await page.GotoAsync($"/cab/{code}/report?kind=complaint");
            await page.Locator("#conduct").SelectOptionAsync("other");
            await page.Locator("#account").FillAsync("车内有浓重的鱼腥味 The cab smelled of fish.");
            await page.Locator("#place").FillAsync("成山大道 Chengshan Road");
            await page.Locator("button[value=on]").ClickAsync();
            await page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = Photo() });
            await page.Locator("#contact").FillAsync("555-0100");
            await page.Locator("button[value=on]").ClickAsync();
            await Expect(page.GetByTestId("receipt")).ToBeVisibleAsync();
            var held = (await TheDemo.City.GetAsync("reports?status=quarantined")).AsArray().LastOrDefault(r => (string)r!["cab"]! == cab);
            if (held is not null)
                return (string)held["number"]!;
            Assert.IsLessThan(6, sent, "more than five reports on a cab, and none is held back");
        }
    }

    private static async Task<string> CodeOfAsync(string cab) =>
        (string)(await TheDemo.City.GetAsync("cabs")).AsArray().Single(c => (string)c!["code"]! == cab)!["passengerCode"]!;

    private static byte[] Photo()
    {
        using var bitmap = new SKBitmap(640, 480);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
