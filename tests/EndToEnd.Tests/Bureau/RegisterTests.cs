using System.Text;
using EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Bureau;

/// <summary>A register is looked at, and is not carried out: all these tests share a city.</summary>
[TestClass]
public sealed class RegisterTests
{
    private const string Head = "荣成市出租汽车驾驶员名册\n驾驶员编号,姓名,车牌号,班组名称,备注\n";

    [TestMethod]
    [DataRow("register-changes", "d-9001,王伟,鲁K·D90001,新班组,\nd-9002,李娜,鲁K·D90001,新班组,\nd-9003,赵敏,鲁K·D90003,新班组,\n合计,3人\n")]
    [DataRow("register-faults", "d-9001,,鲁K·D90001,新班组,\n370682198001011234,李娜,鲁K·D90001,新班组,\nd-9003,赵敏,鲁K·9,新班组,\nd-9004,孙丽,鲁K·D90004,,\n")]
    public async Task Register_ThatWasSent_IsShownAtEveryWidth(string name, string lines)
    {
        foreach (var language in (string[])["en", "zh-Hans"])
        {
            await using var visit = await Visit.AsAsync("officer-chen", language);
            await SendAsync(visit.Page, lines, isWhole: false);

            await Expect(visit.Page.GetByTestId("changes")).ToBeVisibleAsync();
            await Looks.AtEveryWidthAsync(visit.Page, $"{name}-{language}");
            Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
        }
    }

    [TestMethod]
    public async Task Register_ByWhichMostLeave_IsHeldAtEveryWidth()
    {
        await using var visit = await Visit.AsAsync("officer-chen");
        await SendAsync(visit.Page, "d-9001,王伟,鲁K·D90001,新班组,\n", isWhole: true);

        await Looks.AtEveryWidthAsync(visit.Page, "register-whole");
        Assert.IsEmpty(visit.Complaints, string.Join('\n', visit.Complaints));
    }

    private static async Task SendAsync(IPage page, string lines, bool isWhole)
    {
        await page.GotoAsync("/bureau/registers");
        await page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "名册.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Head + lines) });
        if (isWhole)
            await page.Locator("[name=IsWhole]").CheckAsync();
        await page.Locator("button[type=submit]").Last.ClickAsync();
    }
}
