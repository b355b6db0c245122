using System.Text.RegularExpressions;
using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests;

/// <summary>The bureau's wall against the running city: what it draws is what displays measured.</summary>
[TestClass, DoNotParallelize]
public sealed partial class WallTests
{
    private static readonly string[] Levels = ["4", "3", "2", "1", "0"];

    private static Demo City => TheDemo.City;

    /// <summary>Who waits for another's look at the ledger's chain is drawn a page before there is anything to tell.</summary>
    [TestMethod]
    public async Task Wall_AskedForByManyAtOnce_AnswersAll()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => City.Api.GetAsync("/")));

        Assert.IsTrue(answers.All(answer => answer.IsSuccessStatusCode), string.Join(' ', answers.Select(answer => answer.StatusCode)));
    }

    [TestMethod]
    public async Task Wall_CityShowing_DrawsAsManyStarsAsTheApiSaysAreShown()
    {
        await using var visit = await Visit.AtWallAsync();

        var month = await City.GetAsync($"months/{await visit.Page.GetByTestId("in-force").GetAttributeAsync("data-period")}");
        var lights = await visit.Page.LightsAsync();

        Assert.HasCount(TheDemo.Cabs, lights);
        foreach (var level in Levels)
        {
            var shown = (int)month["shown"]![level]!;
            Assert.AreEqual(shown, lights.Values.Count(lit => lit == Wall.Digits(level[0] - '0')), $"windscreens with {level} stars");
            await Expect(visit.Page.GetByTestId($"shown-{level}")).ToHaveTextAsync($"{shown}");
        }

        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Wall_MonthClosed_StarsChangeWithoutLoadingThePageAgain()
    {
        await using var visit = await Visit.AtWallAsync();
        var page = visit.Page;
        var before = (await page.GetByTestId("in-force").GetAttributeAsync("data-period"))!;
        var lightsBefore = await page.LightsAsync();
        await page.EvaluateAsync("() => { window.isSamePage = true; }");

        await page.GetByTestId("close-month").ClickAsync();

        await Expect(page.GetByTestId("steps").Locator("li.done")).ToHaveCountAsync(5, new() { Timeout = 40_000 });
        var last = await page.GetByTestId("steps").Locator("li").Last.InnerTextAsync();
        var arrived = Arrived().Match(last);
        Assert.IsTrue(arrived.Success && arrived.Groups[1].Value == arrived.Groups[2].Value, last);
        Console.WriteLine(last);
        await page.PictureAsync("wall-closed");
        await Expect(page.GetByTestId("in-force")).Not.ToHaveAttributeAsync("data-period", before);
        Assert.IsTrue(await page.EvaluateAsync<bool>("() => window.isSamePage === true"), "the page was loaded again");
        await AssertLightsAreThoseMeasuredAsync(visit, lightsBefore);
    }

    [TestMethod]
    public async Task Wall_ShiftMoved_OneWindscreenGoesDarkAndTheOtherShowsTheDriversStars()
    {
        await using var visit = await Visit.AtWallAsync();
        var page = visit.Page;
        var lines = (await City.GetAsync("displays"))["displays"]!.AsArray();
        var left = lines.First(line => line!["stars"] is not null)!;
        // Another driver with other stars, so that the move is seen in the lights as well.
        var taken = lines.Last(line => line!["stars"] is { } stars && (int)stars != (int)left["stars"]!)!;
        var (from, to) = ((string)left["cab"]!, (string)taken["cab"]!);

        await MoveAsync(visit, (string)left["driver"]!, to);

        await Expect(page.Tile(from)).ToHaveAttributeAsync("data-lit", "00000");
        await Expect(page.Tile(from).Locator("b")).ToHaveTextAsync("vacant");
        await Expect(page.Tile(to)).ToHaveAttributeAsync("data-lit", Wall.Digits((int)left["stars"]!));
        await Expect(page.Tile(to).Locator(".who")).ToHaveTextAsync((string)left["driver"]!);

        await MoveAsync(visit, (string)taken["driver"]!, from);

        await Expect(page.Tile(from)).ToHaveAttributeAsync("data-lit", Wall.Digits((int)taken["stars"]!));
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Wall_TileFollowed_ShowsTheDriversTallyThatAddsUp()
    {
        await using var visit = await Visit.AtWallAsync();
        var tile = visit.Page.Locator("li.tile.is-rated").First;
        var word = await tile.Locator("b").InnerTextAsync();

        await tile.Locator("a").ClickAsync();
        await visit.Page.GetByTestId("drawer").Locator("a").ClickAsync();

        await Expect(visit.Page.GetByTestId("stars")).ToHaveTextAsync(word);
        await Expect(visit.Page.GetByTestId("total")).ToHaveTextAsync((await visit.Page.GetByTestId("points").GetAttributeAsync("data-points"))!);
    }

    private static async Task MoveAsync(Visit visit, string driver, string cab)
    {
        await visit.Page.GetByTestId("driver").SelectOptionAsync(driver);
        await visit.Page.GetByTestId("cab").SelectOptionAsync(cab);
        await visit.Page.GetByTestId("move").ClickAsync();
        await Expect(visit.Page.GetByTestId("moved")).ToContainTextAsync(driver);
    }

    private static async Task AssertLightsAreThoseMeasuredAsync(Visit visit, Dictionary<string, string> before)
    {
        var measured = (await City.GetAsync("displays"))["displays"]!.AsArray().ToDictionary(
            line => (string)line!["cab"]!, line => (string)line!["light"]! is [>= '0' and <= '4'] level ? Wall.Digits(level[0] - '0') : "00000");
        // The wall may draw up to 100 ms behind what was measured.
        foreach (var (cab, lit) in measured.Except(await visit.Page.LightsAsync()))
            await Expect(visit.Page.Tile(cab)).ToHaveAttributeAsync("data-lit", lit);
        var drawn = await visit.Page.LightsAsync();
        CollectionAssert.AreEquivalent(measured, drawn);
        Assert.IsGreaterThan(0, drawn.Count(tile => before[tile.Key] != tile.Value), "no windscreen changed");
    }

    [GeneratedRegex(@"^(\d+) of (\d+) windscreens show it, the last after \d+ ms$")]
    private static partial Regex Arrived();
}
