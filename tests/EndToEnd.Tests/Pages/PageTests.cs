using System.Net;
using EndToEnd.Tests.Running;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Pages;

/// <summary>
/// Every page at every width: a picture for eyes in <c>artifacts/pages</c>, nothing cut off, no barrier
/// that axe-core finds, nothing fetched from elsewhere.
/// </summary>
[TestClass]
public sealed class PageTests
{
    [TestMethod]
    [DataRow("wall", "/")]
    [DataRow("months", "/months")]
    [DataRow("month", "/months/2017-12")]
    [DataRow("first-month", "/months/2017-01")]
    [DataRow("bulletin", "/months/2017-12/bulletin")]
    [DataRow("first-bulletin", "/months/2017-01/bulletin")]
    [DataRow("rulebook", "/rulebook")]
    [DataRow("tally", "/drivers/d-0003/2017-12")]
    [DataRow("styleguide", "/styleguide")]
    [DataRow("no-answer", "/months/1999-01")]
    public async Task Page_EveryWidth_FitsAndHasNoBarriers(string name, string path)
    {
        await LookAsync(name, path, "en");
        await LookAsync(name, path, "zh-Hans");
    }

    /// <summary>By itself, on the city as it starts: dotnet test --filter TestCategory=picture</summary>
    [TestMethod]
    [TestCategory("picture")]
    public async Task Wall_CityAsItStarts_MakesThePictureOfTheReadme()
    {
        await using var visit = await Visit.AtWallAsync();

        await visit.Page.ScreenshotAsync(new() { Path = Running.Build.Artifact("wall.png"), FullPage = true });
    }

    [TestMethod]
    public async Task ApiPage_Opened_FetchesNothingFromElsewhere()
    {
        await using var visit = await Visit.BeginAsync();

        await visit.Page.GotoAsync("/api/");
        await Assertions.Expect(visit.Page.GetByText("/api/v1/rulebooks").First).ToBeVisibleAsync(new() { Timeout = 15_000 });

        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    [DataRow("/")]
    [DataRow("/months")]
    [DataRow("/nowhere")]
    public async Task Page_Answered_AllowsNoInlineScript(string path)
    {
        using var answer = await TheDemo.City.Api.GetAsync(path);

        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        StringAssert.Contains(policy, "script-src 'self';");
        Assert.DoesNotContain("unsafe", policy);
        Assert.AreEqual("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [TestMethod]
    public async Task Page_Unknown_IsMissingAndSaysSo()
    {
        using var answer = await TheDemo.City.Api.GetAsync("/drivers/d-9999/2017-12");

        Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "Page not found");
    }

    private static async Task LookAsync(string name, string path, string language)
    {
        await using var visit = await Visit.BeginAsync(language: language);
        await visit.Page.GotoAsync(path);
        await Assertions.Expect(visit.Page.GetByText("模拟城市").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        // axe-core is slow on 205 windscreens: it looks at the last width alone.
        await Looks.AtWidthsAsync(visit.Page, $"{name}-{language}", [1440, 768, 320]);
        var complaints = visit.Complaints.Where(c => !(name == "no-answer" && c.Contains("404", StringComparison.Ordinal))).ToList();
        Assert.IsEmpty(complaints, string.Join('\n', complaints));
    }
}
