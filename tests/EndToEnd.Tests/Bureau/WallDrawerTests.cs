using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>The wall's filter, kept in the address, and a display's drawer.</summary>
[TestClass, DoNotParallelize]
public sealed class WallDrawerTests
{
    [TestMethod]
    public async Task Filter_Chosen_ShowsThoseAndIsKeptInTheAddress()
    {
        await using var visit = await Visit.AtWallAsync();
        var page = visit.Page;

        await page.GetByTestId("filter-team").SelectOptionAsync("t-02");
        await page.GetByTestId("filter-state").SelectOptionAsync("rated");

        await Expect(page.Locator(".team")).ToHaveCountAsync(1);
        var shown = await page.Locator("li.tile").CountAsync();
        Assert.IsGreaterThan(0, shown);
        await Expect(page.GetByTestId("filtered")).ToHaveTextAsync($"{shown} of {TheDemo.Cabs} windscreens");
        await Expect(page).ToHaveURLAsync(new Uri(TheDemo.City.Address, "?team=t-02&state=rated").AbsoluteUri);
        await page.ReloadAsync();
        await Expect(page.GetByTestId("move")).ToBeEnabledAsync();
        await Expect(page.GetByTestId("filter-team")).ToHaveValueAsync("t-02");
        await Expect(page.Locator("li.tile")).ToHaveCountAsync(shown);
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Drawer_ByKeyboard_OpensClosesByEscapeAndGivesTheFocusBack()
    {
        await using var visit = await Visit.AtWallAsync();
        var page = visit.Page;
        await page.GetByTestId("filter-team").SelectOptionAsync("t-01");
        var tile = page.Tile("cab-0002").Locator("a");

        await page.EnterAsync(tile);

        var drawer = page.GetByTestId("drawer");
        await Expect(drawer).ToBeVisibleAsync();
        await Expect(drawer.GetByRole(Microsoft.Playwright.AriaRole.Button).First).ToBeFocusedAsync();
        await Expect(drawer).ToContainTextAsync("disp-0002");
        await Expect(page).ToHaveURLAsync(new Uri(TheDemo.City.Address, "?team=t-01&cab=cab-0002").AbsoluteUri);
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);
        await Expect(tile).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new Uri(TheDemo.City.Address, "?team=t-01").AbsoluteUri);
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    [TestMethod]
    public async Task Drawer_CommandByAnOfficer_IsTakenByTheDisplay()
    {
        await using var visit = await Visit.AsAsync("officer-chen");
        await visit.Page.GotoAsync("/?cab=cab-0003");

        await visit.Page.EnterAsync(visit.Page.GetByTestId("drawer").GetByText("Identify"));

        await Expect(visit.Page.GetByTestId("commanded")).ToHaveTextAsync("The display has received the command.");
    }

    [TestMethod]
    public async Task Drawer_OfAVisitor_HasNoCommands()
    {
        await using var visit = await Visit.BeginAsync();
        await visit.Page.GotoAsync("/?cab=cab-0003");

        await Expect(visit.Page.GetByTestId("move")).ToBeEnabledAsync();
        await Expect(visit.Page.GetByTestId("drawer")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByTestId("drawer").GetByText("Identify")).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task Wall_WithoutScript_IsFilteredAndHasTheDrawerOpen()
    {
        var wall = await TheDemo.City.Api.GetStringAsync("/?team=t-01&cab=cab-0001");

        StringAssert.Contains(wall, "<dialog class=\"drawer\" open");
        Assert.DoesNotContain("data-cab=\"cab-0205\"", wall);
    }
}
