using EndToEnd.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>Every page of the bureau at every width and in both languages.</summary>
[TestClass]
public sealed class BureauPageTests
{
    [TestMethod]
    [DataRow("bureau", "/bureau")]
    [DataRow("cases", "/bureau/cases")]
    [DataRow("cases-decided", "/bureau/cases?status=Dismissed&page=2")]
    [DataRow("cases-through", "/bureau/cases?through=2017-12")]
    [DataRow("case-decided", "/bureau/cases/c-000001")]
    [DataRow("reports-none", "/bureau/reports?status=Rejected")]
    [DataRow("month-desk", "/bureau/months/2017-12")]
    [DataRow("audit", "/bureau/audit")]
    [DataRow("checks", "/bureau/checks")]
    [DataRow("holds", "/bureau/holds")]
    [DataRow("repairs", "/bureau/repairs")]
    [DataRow("record", "/bureau/record")]
    [DataRow("record-merit", "/bureau/record?kind=merit")]
    [DataRow("shifts", "/bureau/shifts?driver=d-0003")]
    [DataRow("prove-again", "/sign-in/again?return=/bureau/holds")]
    [DataRow("health", "/bureau/health")]
    [DataRow("units", "/bureau/units?q=disp-000")]
    [DataRow("unit", "/bureau/units/disp-0001")]
    [DataRow("cabs", "/bureau/cabs?q=t000")]
    [DataRow("cab", "/bureau/cabs/cab-0001")]
    [DataRow("drivers", "/bureau/drivers?q=d-00")]
    [DataRow("driver", "/bureau/drivers/d-0003")]
    [DataRow("workshop", "/bureau/workshop")]
    [DataRow("registers", "/bureau/registers")]
    [DataRow("audit-none", "/bureau/audit?actor=nobody&operation=decide-case&day=2017-12-01")]
    [DataRow("wall-filtered", "/?team=t-01&stars=4")]
    [DataRow("wall-drawer", "/?team=t-01&cab=cab-0001")]
    public async Task Page_EveryWidth_FitsAndHasNoBarriers(string name, string path)
    {
        foreach (var language in (string[])["en", "zh-Hans"])
        {
            await using var visit = await Visit.AsAsync(path.StartsWith("/bureau/audit", StringComparison.Ordinal) ? "auditor-sun" : "officer-chen", language);
            await visit.Page.GotoAsync(path);
            if (path.StartsWith("/?", StringComparison.Ordinal))
                await Expect(visit.Page.GetByTestId("move")).ToBeEnabledAsync();
            await Looks.AtEveryWidthAsync(visit.Page, $"{name}-{language}");
            await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
            Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
        }
    }

    [TestMethod]
    public async Task Auditor_AtTheDesk_SeesEverythingAndCanPressNothing()
    {
        await using var visit = await Visit.AsAsync("auditor-sun");

        string[] paths =
        [
            "/bureau", "/bureau/cases", "/bureau/cases/c-000001", "/bureau/reports", "/bureau/checks", "/bureau/holds", "/bureau/health",
            "/bureau/units", "/bureau/units/disp-0001", "/bureau/cabs", "/bureau/cabs/cab-0001", "/bureau/drivers", "/bureau/drivers/d-0003",
            "/bureau/workshop", "/bureau/repairs", "/bureau/shifts", "/bureau/months/2017-12", "/bureau/audit",
        ];
        foreach (var path in paths)
        {
            Assert.AreEqual(200, (await visit.Page.GotoAsync(path))!.Status, path);
            await Expect(visit.Page.Locator("main form[method=post]")).ToHaveCountAsync(0);
        }
    }
}
