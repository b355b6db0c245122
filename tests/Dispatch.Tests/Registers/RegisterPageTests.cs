using System.Net;
using System.Text;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Roster;
using TaxiCredit.Dispatch.Features.Registers;

namespace Dispatch.Tests.Registers;

/// <summary>The pages on which a clerk sends a register, looks at it and has it carried out.</summary>
[TestClass]
public class RegisterPageTests : CityTests
{
    private const string Table = "驾驶员编号,姓名,车牌号,班组名称\nd-9,王伟,鲁K·T9001,新班组\n";

    [TestMethod]
    public async Task Clerk_WithARegister_SeesItAndCarriesItOut()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await SendAsync(officer, Table);
        StringAssert.Contains(officer.Text, "1 new driver");
        StringAssert.Contains(officer.Text, "Carry out 3 changes");

        await officer.SubmitAsync("apply", ("Reason", ""));
        StringAssert.Contains(officer.Html, "id=\"Reason-fault\"");
        await officer.SubmitAsync("apply", ("Reason", "Register of August."));

        Assert.AreEqual("/bureau/registers?applied=3", officer.Path);
        StringAssert.Contains(officer.Text, "3 changes carried out.");
        Assert.AreEqual("team-01 cab-0001 -", await City.HomeAsync("d-9"));
    }

    [TestMethod]
    public async Task Clerk_WhoseFileHasFaults_GetsItBackWithRemarks()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await SendAsync(officer, "驾驶员编号,姓名,车牌号,备注\nd-9,=王伟,鲁K·T9001,甲\nd-8,,鲁K·T0001,乙\n");
        StringAssert.Contains(officer.Text, "2 faults");
        Assert.DoesNotContain("value=\"apply\"", officer.Html);

        await officer.GoAsync($"{officer.Path}/remarks.csv");

        var lines = officer.Html.TrimStart('\uFEFF').Split("\r\n");
        Assert.AreEqual("驾驶员编号,姓名,车牌号,备注,Remark", lines[0]);
        StringAssert.StartsWith(lines[1], "d-9,\"'=王伟\",鲁K·T9001,甲,", "A spreadsheet would run it as a formula.");
        StringAssert.Contains(lines[1], "A new cab needs a team.");
        StringAssert.Contains(lines[2], "“Name” is empty.");
    }

    [TestMethod]
    public async Task Clerk_WhoseColumnsAreCalledOtherwise_ChoosesThem()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await SendAsync(officer, "编码,姓名,车牌号\nd-9,王伟,鲁K·T0001\n");
        StringAssert.Contains(officer.Text, "The column “Driver code” was not found.");

        await officer.GoAsync($"{officer.Path}?c-Driver=0");

        StringAssert.Contains(officer.Text, "1 new driver");
        await officer.SubmitAsync("apply", ("Reason", "Register of August."));
        StringAssert.Contains(officer.Text, "1 change carried out.");
    }

    [TestMethod]
    public async Task Clerk_WithSeveralSheets_ChoosesOne()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/registers");
        await officer.SubmitFileAsync("send", "Table", "several.xlsx", OfficeFilesTests.Bytes("several.xlsx"));
        Assert.AreEqual(HttpStatusCode.Conflict, officer.Status);
        StringAssert.Contains(officer.Text, "二分公司");

        await officer.GoAsync($"{officer.Path}?sheet={Uri.EscapeDataString("二分公司")}");

        StringAssert.Contains(officer.Text, "3 new drivers");
    }

    [TestMethod]
    public async Task Clerk_WithNoTable_IsToldAtTheField()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        await SendAsync(officer, "%PDF-1.7");

        StringAssert.Contains(officer.Html, "id=\"Table-fault\"");
        await officer.GoAsync("/bureau/registers/none");
        Assert.AreEqual(HttpStatusCode.NotFound, officer.Status);
    }

    [TestMethod]
    public async Task Template_InEitherLanguage_IsTakenAsItIs()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        foreach (var language in (string[])["en", "zh-Hans"])
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/bureau/registers/template.csv") { Headers = { { "Accept-Language", language } } };
            using var answer = await officer.SendAsync(asked);
            var book = TaxiCredit.Dispatch.Sheets.WorkbookReader.Read(await answer.Content.ReadAsByteArrayAsync()).Value;
            Assert.HasCount(Enum.GetValues<RegisterColumn>().Length, RegisterColumns.Find(book.Sheets.Single()).Places, language);
        }
    }

    [TestMethod]
    public async Task Register_ThatWasHandedOut_ComesInWithoutAChange()
    {
        await City.PostAsync("drivers", new { actor = SmallCity.Officer, code = "d-4", name = "=1+1, \"x\"", homeCab = "cab-3" });
        await City.EndShiftAsync("d-3", "2017-01-02");
        await City.LeaveAsync("d-3", "2017-08-14");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/registers/drivers.csv");
        Assert.DoesNotContain("d-3", officer.Html, "Who has left is not on the register.");

        await SendAsync(officer, officer.Html);

        StringAssert.Contains(officer.Text, "3 drivers in the file. Nothing changes for 3 of them.");
        StringAssert.Contains(officer.Text, "The file changes nothing of the city.");
        Assert.DoesNotContain("data-testid=\"differs\"", officer.Html);
    }

    [TestMethod]
    public async Task Auditor_WhoMayNotEdit_IsTurnedAway()
    {
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;

        await auditor.GoAsync("/bureau/registers");

        Assert.AreEqual(HttpStatusCode.Forbidden, auditor.Status);
    }

    private static async Task SendAsync(TestBrowser officer, string table)
    {
        await officer.GoAsync("/bureau/registers");
        await officer.SubmitFileAsync("send", "Table", "drivers.csv", Encoding.UTF8.GetBytes(table));
    }
}
