using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

[TestClass]
public class InvitationTests : CityTests
{
    [TestMethod]
    public async Task FirstAdmin_OfANewCity_IsInvitedUntilThereIsOne()
    {
        var first = await City.WithDeskAsync(context => FirstAdmin.InviteAsync(context, CancellationToken.None));
        var second = await City.WithDeskAsync(context => FirstAdmin.InviteAsync(context, CancellationToken.None));
        using var browser = await new TestBrowser(City).GoAsync($"/invitation/{first}");
        Assert.AreEqual(HttpStatusCode.Gone, browser.Status, "a later start replaces the link");
        await browser.GoAsync($"/invitation/{second}");
        await browser.SubmitAsync("invitation", ("Password", AccountCity.Password));
        StringAssert.StartsWith(browser.Path, "/sign-in/second-factor");

        Assert.IsNull(await City.WithDeskAsync(context => FirstAdmin.InviteAsync(context, CancellationToken.None)));
    }

    [TestMethod]
    public async Task Admin_InvitesAnOfficer_WhoSignsIn()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        await admin.GoAsync("/accounts");
        await admin.SubmitAsync("invite", ("Name", "officer-new"), ("NewRole", "Officer"), ("Number", ""));
        var link = new Uri(admin.Read("link")).AbsolutePath;

        using var officer = await new TestBrowser(City).GoAsync(link);
        await officer.SubmitAsync("invitation", ("Password", AccountCity.Password));
        await officer.SubmitAsync("second-factor", ("Code", Authenticator.CodeOf(officer.Read("key"))));

        Assert.AreEqual(Role.Officer, (await FindAsync("officer-new"))!.Role);
        Assert.AreEqual(HttpStatusCode.OK, (await officer.GoAsync("/accounts")).Status);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await officer.GoAsync("/tokens")).Status);
        StringAssert.Contains(officer.Text, "not permitted");
    }

    [TestMethod]
    [DataRow(SmallCity.Officer, "d-2", null, "")]
    [DataRow(SmallCity.Supervisor, "d-2", null, "")]
    [DataRow(SmallCity.Admin, "d-2", null, "")]
    [DataRow(SmallCity.Admin, "new-one", "Auditor", "")]
    [DataRow(SmallCity.Officer, "new-one", "Auditor", "actor-not-allowed")]
    [DataRow(SmallCity.Auditor, "d-2", null, "actor-not-allowed")]
    [DataRow("d-1", "d-2", null, "actor-not-allowed")]
    [DataRow(SmallCity.Admin, "new-one", null, "person-unknown")]
    [DataRow(SmallCity.Admin, "new-one", "Driver", "person-unknown")]
    [DataRow(SmallCity.Admin, "New One", "Auditor", "actor-name-form")]
    [DataRow(SmallCity.Admin, "x", "Auditor", "actor-name-form")]
    public async Task Invitation_ByRole_IsMadeOrRefused(string by, string name, string? role, string rule)
    {
        var invited = await City.WithDeskAsync(
            context => Invite.HandleAsync(new(by, name, role is null ? null : Enum.Parse<Role>(role), null), context, CancellationToken.None));

        Assert.AreEqual(rule, invited.Refusal?.Code ?? "");
    }

    [TestMethod]
    [DataRow(-1, HttpStatusCode.Gone)]
    [DataRow(60, HttpStatusCode.OK)]
    public async Task Invitation_PastItsEnd_HasAPageOfItsOwn(int seconds, HttpStatusCode status)
    {
        var link = await City.InviteAsync("d-2");
        var end = DateTimeOffset.UtcNow.AddSeconds(seconds);
        await City.WithDbAsync(db => db.Set<Invitation>().ExecuteUpdateAsync(row => row.SetProperty(i => i.ExpiresAt, end)));

        using var browser = await new TestBrowser(City).GoAsync(link);

        Assert.AreEqual(status, browser.Status);
        StringAssert.Contains(browser.Text, status == HttpStatusCode.Gone ? "has expired" : "Welcome, d-2");
    }

    [TestMethod]
    public async Task Invitation_Used_IsNotOpenAgain()
    {
        var link = await City.InviteAsync("d-2");
        using var browser = await new TestBrowser(City).GoAsync(link);
        await browser.SubmitAsync("invitation", ("Password", AccountCity.Password));

        Assert.AreEqual(HttpStatusCode.Gone, (await browser.GoAsync(link)).Status);
        StringAssert.Contains(browser.Text, "This invitation is not valid");
    }

    [TestMethod]
    public async Task Invitation_AcceptedMeanwhileInAnotherBrowser_IsRefused()
    {
        var link = await City.InviteAsync("d-2");
        var secret = link.Split('/')[^1];
        await using var scope = City.Server.Services.CreateAsyncScope();
        var (context, sessions) = (scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<Sessions>());
        Assert.IsNull((await AcceptInvitation.FindAsync(secret, context, CancellationToken.None)).Refusal);
        using var other = await new TestBrowser(City).GoAsync(link);
        await other.SubmitAsync("invitation", ("Password", AccountCity.Password));

        var accepted = await AcceptInvitation.HandleAsync(
            new(secret, "another three lamps"), context, scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), sessions, CancellationToken.None);

        Assert.AreEqual("invitation-unknown", accepted.Refusal?.Code);
    }

    [TestMethod]
    [DataRow("elevenchars", "at least 12")]
    [DataRow("password1234", "first passwords")]
    public async Task Password_TooWeak_IsRefusedBesideItsField(string password, string told)
    {
        using var browser = await new TestBrowser(City).GoAsync(await City.InviteAsync("d-2"));

        await browser.SubmitAsync("invitation", ("Password", password));

        StringAssert.Contains(browser.Html, "aria-invalid=\"true\"");
        StringAssert.Contains(browser.Text.Replace("A password has 12", "at least 12", StringComparison.Ordinal), told);
        Assert.IsFalse(await City.WithDbAsync(db => db.Set<Account>().AnyAsync()));
    }

    [TestMethod]
    public async Task Invitation_OfSomebodyWithAnAccount_ReplacesPasswordSecondFactorAndSessions()
    {
        using var before = (await City.EnterAsync(SmallCity.Officer)).Browser;

        using var after = await new TestBrowser(City).GoAsync(await City.InviteAsync(SmallCity.Officer));
        await after.SubmitAsync("invitation", ("Password", "another three lamps"));

        StringAssert.StartsWith(after.Path, "/sign-in/second-factor");
        StringAssert.StartsWith((await before.GoAsync("/account")).Path, "/sign-in?");
        using var old = await City.SignInAsync(SmallCity.Officer);
        StringAssert.Contains(old.Text, "do not match");
    }

    [TestMethod]
    public async Task Invitation_OfSomebodyWithAPasskey_LeavesNoPasskey()
    {
        using var before = await City.EnterDriverAsync("d-2");
        await City.AddPasskeyAsync("d-2");
        Assert.HasCount(1, await City.WithAccountsAsync("d-2", (accounts, account) => accounts.GetPasskeysAsync(account)));

        using var after = await new TestBrowser(City).GoAsync(await City.InviteAsync("d-2"));
        StringAssert.Contains(after.Text, "Setting the password signs out:");
        StringAssert.Contains(after.Text, "Setting the password removes:");
        await after.SubmitAsync("invitation", ("Password", "another three lamps"));

        Assert.IsEmpty(await City.WithAccountsAsync("d-2", (accounts, account) => accounts.GetPasskeysAsync(account)));
    }

    [TestMethod]
    public async Task Number_OfSomebodyElse_IsRefused()
    {
        using var first = await City.EnterDriverAsync("d-1", "370-1");

        var taken = await City.WithDeskAsync(context => Invite.HandleAsync(new(SmallCity.Admin, "d-2", null, " 370-1 "), context, CancellationToken.None));
        var name = await City.WithDeskAsync(context => Invite.HandleAsync(new(SmallCity.Admin, "d-2", null, "d-1"), context, CancellationToken.None));

        Assert.AreEqual("number-taken", taken.Refusal?.Code);
        Assert.AreEqual("number-taken", name.Refusal?.Code);
    }

    [TestMethod]
    public async Task DemoAccounts_OutsideTheDemo_KeepTheServerFromStarting()
    {
        await City.WithDbAsync(db =>
        {
            db.Add(new Account { UserName = "officer-chen", NormalizedUserName = "OFFICER-CHEN", IsDemo = true });
            return db.SaveChangesAsync();
        });

        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => City.WithDbAsync(async db =>
        {
            await FirstAdmin.RefuseDemoAsync(db, CancellationToken.None);
            return 0;
        }));
    }

    [TestMethod]
    public async Task DemoAccount_OutsideTheDemo_DoesNotOpen()
    {
        await City.WithDbAsync(db =>
        {
            db.Add(new Account { UserName = SmallCity.Officer, NormalizedUserName = SmallCity.Officer.ToUpperInvariant(), IsDemo = true });
            return db.SaveChangesAsync();
        });
        using var browser = await new TestBrowser(City).GoAsync("/sign-in");
        Assert.DoesNotContain("synthetic city", browser.Text);

        await browser.SubmitAsync("sign-in", ("Number", SmallCity.Officer), ("Password", "anything at all"));

        StringAssert.Contains(browser.Text, "do not match");
    }

    private Task<Person?> FindAsync(string name) =>
        City.WithDbAsync(db => City.Server.Services.GetRequiredService<IPeople>().FindAsync(name, db, CancellationToken.None));
}
