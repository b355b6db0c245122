using System.Net;
using Dispatch.Tests.Accounts;
using TaxiCredit.Dispatch.Features.Cases;

namespace Dispatch.Tests.Bureau;

/// <summary>The desk's first page is the work, for browsers without script.</summary>
[TestClass]
public class DeskPageTests : CityTests
{
    [TestMethod]
    public async Task Home_WithCases_ListsThemAndTakesOneUp()
    {
        var number = await RecordedAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau");
        StringAssert.Contains(officer.Html, $"<a href=\"/bureau/cases/{number}\" autofocus>");

        await officer.SubmitAsync("take", ("Take", number));

        Assert.AreEqual($"/bureau/cases/{number}", officer.Path);
        StringAssert.Contains(officer.Text, "taken up by officer-a");
        Assert.DoesNotContain("\"take-up\"", officer.Html);
        await officer.SubmitAsync("give-back");
        StringAssert.Contains(officer.Html, "\"take-up\"");
        Assert.IsNull(await HolderAsync(number));
    }

    [TestMethod]
    public async Task Home_TwoOfficersOnOneCase_TheSecondIsToldWhoHasIt()
    {
        var number = await RecordedAsync();
        using var first = (await City.EnterAsync(SmallCity.Officer)).Browser;
        using var second = (await City.EnterAsync(SmallCity.OtherOfficer)).Browser;
        await second.GoAsync("/bureau");
        await (await first.GoAsync("/bureau")).SubmitAsync("take", ("Take", number));

        await second.SubmitAsync("take", ("Take", number));

        Assert.AreEqual(HttpStatusCode.Conflict, second.Status);
        StringAssert.Contains(second.Html, "data-testid=\"not-taken\"");
        StringAssert.Contains(second.Text, "officer-a");
        Assert.AreEqual(SmallCity.Officer, await HolderAsync(number));
        await second.SubmitAsync("take", ("Take", "c-000099"));
        Assert.AreEqual(HttpStatusCode.UnprocessableEntity, second.Status);
    }

    [TestMethod]
    public async Task Next_FromCaseToCase_EndsAtTheDesk()
    {
        var (first, second) = (await RecordedAsync(), await RecordedAsync());
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        Assert.AreEqual($"/bureau/cases/{first}", (await officer.GoAsync("/bureau/next")).Path);
        StringAssert.Contains(officer.Html, $"href=\"/bureau/next?after={first}\"");
        Assert.AreEqual($"/bureau/cases/{second}", (await officer.GoAsync($"/bureau/next?after={first}")).Path);
        await City.PostAsync($"cases/{first}/review", new { actor = SmallCity.OtherOfficer });
        Assert.AreEqual("/bureau", (await officer.GoAsync($"/bureau/next?after={second}")).Path);
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;
        Assert.AreEqual(HttpStatusCode.Forbidden, (await auditor.GoAsync("/bureau/next")).Status);
        Assert.DoesNotContain("data-testid=\"work\"", (await auditor.GoAsync("/bureau")).Html);
    }

    [TestMethod]
    public async Task Queue_ByWhoHasIt_KeepsTheFilterInTheAddress()
    {
        var (mine, free) = (await RecordedAsync(), await RecordedAsync());
        await City.PostAsync($"cases/{mine}/review", new { actor = SmallCity.Officer });
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        await officer.GoAsync("/bureau/cases?whose=mine");
        StringAssert.Contains(officer.Html, mine);
        Assert.DoesNotContain(free, officer.Html);
        StringAssert.Contains(officer.Html, "<option value=\"mine\" selected");
        await officer.GoAsync("/bureau/cases?whose=free");
        StringAssert.Contains(officer.Html, free);
        Assert.DoesNotContain(mine, officer.Html);
        StringAssert.Contains((await officer.GoAsync("/bureau/cases?whose=%27")).Html, mine);
    }

    [TestMethod]
    public async Task Home_WithoutCases_SaysSo()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        StringAssert.Contains((await officer.GoAsync("/bureau")).Text, "Nothing waits for you.");
        Assert.DoesNotContain("href=\"/bureau/next\"", officer.Html);
    }

    private async Task<string> RecordedAsync() => (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;

    private Task<string?> HolderAsync(string number) => City.WithDbAsync(db => CaseHolders.OfAsync(number, db, CancellationToken.None));
}
