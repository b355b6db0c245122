using System.Net;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

/// <summary>How many people the rules take by which nobody acts alone: one fewer is told, at the start and to admins.</summary>
[TestClass]
public class OfficeCheckTests : CityTests
{
    [TestMethod]
    [DataRow(1, 1, 2, "")]
    [DataRow(2, 1, 2, "")]
    [DataRow(0, 1, 2, "Sign Decide Reverse")]
    [DataRow(1, 0, 2, "Sign Decide Reverse")]
    [DataRow(2, 0, 2, "Sign Reverse")]
    [DataRow(0, 2, 2, "Sign")]
    [DataRow(1, 1, 1, "SecondAdmin")]
    [DataRow(1, 1, 0, "Approve SecondAdmin")]
    [DataRow(1, 0, 1, "Sign Decide Reverse Approve SecondAdmin")]
    [DataRow(0, 0, 3, "Sign Decide Reverse")]
    [DataRow(0, 0, 2, "Sign Decide Reverse Approve")]
    public void Office_OfSoMany_CannotMeet(int officers, int supervisors, int admins, string rules) =>
        Assert.AreEqual(rules, string.Join(' ', OfficeCheck.Find(officers, supervisors, admins)));

    [TestMethod]
    public async Task Page_OfAnAdmin_SaysWhatIsMissingAndWhatToDo()
    {
        Assert.IsEmpty(await UnmetAsync(), "nobody has an account");
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;

        await admin.GoAsync("/accounts");
        StringAssert.Contains(admin.Text, "No month can be signed");
        StringAssert.Contains(admin.Text, "Invite a second admin");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        using var supervisor = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        await admin.GoAsync("/accounts");
        Assert.DoesNotContain("No month can be signed", admin.Text);
        CollectionAssert.AreEqual(new[] { OfficeRule.SecondAdmin }, (await UnmetAsync()).ToArray());
        Assert.DoesNotContain("Invite a second admin", (await supervisor.GoAsync("/accounts")).Text);

        using var message = new HttpRequestMessage(HttpMethod.Get, "/accounts") { Headers = { { "Accept-Language", "zh" } } };
        StringAssert.Contains(WebUtility.HtmlDecode(await (await admin.SendAsync(message)).Content.ReadAsStringAsync()), "再邀请一名管理员");
    }

    [TestMethod]
    public async Task Account_ThatIsClosed_DoesNotCount()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        using var supervisor = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        Assert.DoesNotContain(OfficeRule.Sign, await UnmetAsync());

        await City.WithAccountsAsync(SmallCity.Officer, async (accounts, account) =>
        {
            account.LockoutEnd = Account.Never;
            await accounts.UpdateAsync(account);
            return 0;
        });

        Assert.Contains(OfficeRule.Sign, await UnmetAsync());
    }

    private Task<IReadOnlyList<OfficeRule>> UnmetAsync() => City.WithDbAsync(db => OfficeCheck.FindUnmetAsync(db, CancellationToken.None));
}
