using System.Globalization;
using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>Two people close a month at the desk, by keyboard alone, and the windscreens follow.</summary>
[TestClass, DoNotParallelize]
public sealed class MonthJourneyTests
{
    [TestMethod]
    [DataRow("en")]
    [DataRow("zh-Hans")]
    public async Task Month_SignedByTwoPeople_IsPublishedAndWindscreensFollow(string language)
    {
        await using var officer = await Visit.AsAsync("officer-chen", language);
        await using var supervisor = await Visit.AsAsync("supervisor-zhao", language);
        var page = officer.Page;
        await page.GotoAsync("/bureau/months");
        var period = new Uri(page.Url).Segments[^1];
        // Another test may have let the month pass before.
        if (await page.Submit("pass").CountAsync() > 0)
        {
            await Looks.AtEveryWidthAsync(page, $"month-open-{language}");
            await page.EnterAsync(page.Submit("pass"));
        }

        await page.EnterAsync(page.Submit("preview"));
        await Expect(page.GetByTestId("digest")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{64}$"));
        await Looks.AtEveryWidthAsync(page, $"month-previewed-{language}");
        await page.EnterAsync(page.Submit("sign"));
        await Expect(page.Submit("sign")).ToHaveCountAsync(0);
        await Expect(page.Submit("publish")).ToHaveCountAsync(0);
        await Looks.AtEveryWidthAsync(page, $"month-signed-once-{language}");

        await supervisor.Page.GotoAsync("/bureau");
        await supervisor.Page.EnterAsync(supervisor.Page.Locator($"main a[href='/bureau/months/{period}']"));
        await supervisor.Page.EnterAsync(supervisor.Page.Submit("sign"));
        await supervisor.Page.EnterAsync(supervisor.Page.Submit("publish"));

        var arrivals = supervisor.Page.GetByTestId("arrivals").Locator("progress");
        await Expect(arrivals).ToBeVisibleAsync();
        await Expect(supervisor.Page.Locator(".arrivals progress[data-done]")).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await Expect(supervisor.Page.GetByTestId("month-steps").Locator("li.done")).ToHaveCountAsync(3);
        await Looks.AtEveryWidthAsync(supervisor.Page, $"month-published-{language}");
        var month = await TheDemo.City.GetAsync($"months/{period}");
        Assert.AreEqual("published", (string)month["status"]!);
        Assert.IsEmpty(officer.Complaints.Concat(supervisor.Complaints).ToList());
    }

    [TestMethod]
    public async Task Month_PreviewedAgainBeforeTheSignature_IsRefusedWithBothDigests()
    {
        await using var officer = await Visit.AsAsync("officer-chen");
        await using var other = await Visit.AsAsync("officer-lin");
        var page = officer.Page;
        await page.GotoAsync("/bureau/months");
        if (await page.Submit("pass").CountAsync() > 0)
            await page.Submit("pass").ClickAsync();
        await page.Submit("preview").ClickAsync();
        var seen = await page.GetByTestId("digest").InnerTextAsync();
        await other.Page.GotoAsync("/bureau/months");
        await ReverseAnEntryAsync(new Uri(page.Url).Segments[^1]);
        await other.Page.Submit("preview").ClickAsync();
        await Expect(other.Page.GetByTestId("digest")).Not.ToHaveTextAsync(seen);

        var answer = await page.RunAndWaitForResponseAsync(() => page.Submit("sign").ClickAsync(), response => response.Request.Method == "POST");

        Assert.AreEqual(409, answer.Status);
        await Expect(page.GetByTestId("changed")).ToContainTextAsync(seen);
        await Expect(page.GetByTestId("changed")).ToContainTextAsync(await page.GetByTestId("digest").InnerTextAsync());
        await Looks.AtEveryWidthAsync(page, "month-changed-en");
    }

    [TestMethod]
    public async Task Month_Filtered_ShowsThoseDriversWithTheirLinesOneClickAway()
    {
        await using var visit = await Visit.AsAsync("officer-chen");
        var page = visit.Page;
        await page.GotoAsync("/bureau/months/2017-12");

        await page.Locator("select[name=stars]").SelectOptionAsync("3");
        await page.Locator(".filter button").ClickAsync();

        await Expect(page.Locator("#tallies [data-testid=total]")).ToHaveTextAsync("59 drivers");
        await page.Locator("a[rel=next]").ClickAsync();
        await Expect(page.Locator("#tallies tbody tr")).ToHaveCountAsync(9);
        var driver = page.Locator("#tallies tbody a").First;
        var code = await driver.InnerTextAsync();
        await driver.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(code);
        await Expect(page.GetByTestId("stars")).ToHaveTextAsync("3 stars");
    }

    /// <summary>The figures of a month that is over change by an entry of its window alone; how far the months have gone, other tests decide.</summary>
    private static async Task ReverseAnEntryAsync(string period)
    {
        var end = DateOnly.ParseExact(period, "yyyy-MM", CultureInfo.InvariantCulture).AddMonths(1);
        for (var driver = 1; driver <= TheDemo.Cabs; driver++)
        {
            var upheld = (await TheDemo.City.GetAsync($"cases?status=Upheld&driver=d-{driver:D4}")).AsArray().FirstOrDefault(c =>
                (string)c!["kind"]! != "merit" && (string?)c["decidedBy"] != "supervisor-wang"
                && DateOnly.Parse((string)c["decidedOn"]!, CultureInfo.InvariantCulture) is var decided && decided < end && decided >= end.AddMonths(-6));
            if (upheld is null)
                continue;
            await TheDemo.City.PostAsync($"ledger/{(long)upheld["ledgerSequence"]!}/reversal", new { actor = "supervisor-wang", reason = "Taken back." });
            return;
        }

        Assert.Fail($"Nothing was upheld in the half year to {end:O}.");
    }
}
