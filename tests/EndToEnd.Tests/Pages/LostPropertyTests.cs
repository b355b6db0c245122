using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Pages;

/// <summary>A thing that stayed in a cab, at every width, in both languages: passenger, driver and officer look at each page that there is of it.</summary>
[TestClass]
public sealed class LostPropertyTests
{
    [TestMethod]
    [DataRow("en", "en", "d-0061", "cab-0061")]
    [DataRow("zh-CN", "zh-Hans", "d-0062", "cab-0062")]
    public async Task Thing_LostAndFound_FindsItsOwnerByThePages(string browser, string language, string driver, string cab)
    {
        await using var passenger = await Visit.BeginAsync(390, 844, language: browser, runsScripts: false);
        await using var looks = await Visit.BeginAsync(language: browser);
        await passenger.Page.GotoAsync($"/lost?cab={cab}");
        await looks.Page.GotoAsync($"/lost?cab={cab}");
        await Looks.AtEveryWidthAsync(looks.Page, $"lost-{language}");
        await passenger.Page.Locator("main button").ClickAsync();
        await Expect(passenger.Page.GetByTestId("wrong-kind")).ToBeVisibleAsync();
        await passenger.Page.Locator("#kind").SelectOptionAsync("Bag");
        await passenger.Page.Locator("#description").FillAsync("蓝色帆布包 A blue canvas bag, " + new string('x', 60));
        await passenger.Page.Locator("#Contact").FillAsync("555-0100");
        await passenger.Page.Locator("main button").ClickAsync();
        await Expect(passenger.Page.Locator("[data-status]")).ToHaveAttributeAsync("data-status", "Open");
        var receipt = passenger.Page.Url;
        await looks.Page.GotoAsync(receipt);
        await Looks.AtEveryWidthAsync(looks.Page, $"loss-open-{language}");

        await using var finder = await Visit.AsAsync(driver, language);
        await finder.Page.GotoAsync("/me/found");
        var question = finder.Page.Locator("[data-question]");
        await question.Locator("summary").ClickAsync();
        await Looks.AtEveryWidthAsync(finder.Page, $"found-asked-{language}");
        await question.Locator("textarea").FillAsync("蓝色包 A blue bag");
        await question.Locator("input[name^=KeptAt]").FillAsync("公司服务台 Counter, 9:00-17:00");
        await question.Locator("button[value=yes]").ClickAsync();
        await Expect(finder.Page.Locator("[data-status=Claimed]")).ToBeVisibleAsync();
        await Looks.AtEveryWidthAsync(finder.Page, $"found-claimed-{language}");

        await using var officer = await Visit.AsAsync("officer-chen", language);
        await officer.Page.GotoAsync("/bureau/lost");
        foreach (var summary in await officer.Page.Locator("main summary").AllAsync())
            await summary.ClickAsync();
        await Looks.AtEveryWidthAsync(officer.Page, $"lost-desk-{language}");

        await looks.Page.GotoAsync(receipt);
        await Looks.AtEveryWidthAsync(looks.Page, $"loss-found-{language}");
        var code = await looks.Page.GetByTestId("owner-code").InnerTextAsync();
        await finder.Page.Locator("[data-status=Claimed] input[name^=Code]").FillAsync(code);
        await finder.Page.Locator("[data-status=Claimed] button").ClickAsync();
        await Expect(finder.Page.GetByTestId("done")).ToBeVisibleAsync();

        await officer.Page.GotoAsync("/bureau/lost");
        var thing = officer.Page.Locator("[data-status=Returned]", new PageLocatorOptions { HasText = driver });
        await Looks.AtEveryWidthAsync(officer.Page, $"lost-desk-returned-{language}");
        await thing.Locator("input[name^=Verified]").FillAsync("电话核实，与驾驶员无亲友关系");
        await thing.Locator("input[name^=Yuan]").FillAsync("1,200");
        await thing.Locator("button").ClickAsync();
        await Expect(officer.Page.GetByTestId("done")).ToBeVisibleAsync();
        await Expect(thing).ToHaveCountAsync(0);
        Assert.IsEmpty(officer.Complaints, string.Join('\n', officer.Complaints));
    }

    [TestMethod]
    public async Task FirstView_OfTheForm_IsLight()
    {
        await using var visit = await Visit.BeginAsync(390, 844, language: "zh-CN", runsScripts: false);

        var weight = await Weight.OfAsync(visit.Page, "/lost");

        weight.AssertAtMost(30_000, requests: 5);
    }
}
