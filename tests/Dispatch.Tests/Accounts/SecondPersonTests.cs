using System.Net;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>What one person alone cannot do to an account, and what asks for the second factor again.</summary>
[TestClass]
public class SecondPersonTests : CityTests
{
    [TestMethod]
    public async Task Invitation_OfAnActiveAccount_WaitsForASecondPerson()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        using var supervisor = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        using var owner = await City.EnterDriverAsync("d-2");
        await admin.GoAsync("/accounts");
        await admin.SubmitAsync("invite", ("Name", "d-2"), ("Number", ""), ("NewRole", ""));
        var link = new Uri(admin.Read("link")).AbsolutePath;
        StringAssert.Contains(admin.Text, "once a second person has approved");
        using var holder = await new TestBrowser(City).GoAsync(link);
        Assert.AreEqual(HttpStatusCode.Conflict, holder.Status);
        StringAssert.Contains(holder.Text, "awaits a second person");

        await supervisor.GoAsync("/accounts");
        await supervisor.SubmitAsync("approve", ("Approved", "d-2"));

        await holder.GoAsync(link);
        Assert.AreEqual(HttpStatusCode.OK, holder.Status, holder.Text);
        using var told = await City.SignInAsync("d-2");
        StringAssert.Contains(told.Text, "Invitations to set a new password: 1");
        await holder.SubmitAsync("invitation", ("Password", "another three lamps"));
        StringAssert.Contains((await City.AuditOfAsync("d-2")).Last(a => a.Operation == "accept-invitation").Detail, "by admin-a and supervisor-a");
    }

    [TestMethod]
    [DataRow(SmallCity.Admin, "d-2", "approval-own")]
    [DataRow(SmallCity.Supervisor, SmallCity.Supervisor, "approval-own")]
    [DataRow(SmallCity.Auditor, "d-2", "actor-not-allowed")]
    [DataRow("d-1", "d-2", "actor-not-allowed")]
    [DataRow(SmallCity.Supervisor, "d-1", "approval-unknown")]
    [DataRow(SmallCity.Officer, "d-2", "")]
    [DataRow(SmallCity.Supervisor, "d-2", "")]
    public async Task Approval_ByPerson_IsGivenOrRefused(string by, string name, string rule)
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        (await City.EnterDriverAsync(SmallCity.Supervisor)).Dispose();
        foreach (var invited in new[] { "d-2", SmallCity.Supervisor })
            await City.WithDeskAsync(context => Invite.HandleAsync(new(SmallCity.Admin, invited, null, null), context, CancellationToken.None));

        var approved = await City.WithDeskAsync(context => ApproveInvitation.HandleAsync(new(by, name), context, CancellationToken.None));

        Assert.AreEqual(rule, approved.Refusal?.Code ?? "");
    }

    [TestMethod]
    public async Task Invitation_Unapproved_IsNotAccepted()
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        var secret = (await City.WithDeskAsync(context => Invite.HandleAsync(new(SmallCity.Admin, "d-2", null, null), context, CancellationToken.None))).Value;

        var found = await City.WithDeskAsync(context => AcceptInvitation.FindAsync(secret, context, CancellationToken.None));

        Assert.AreEqual("invitation-unapproved", found.Refusal?.Code);
    }

    [TestMethod]
    [DecidedByDatabase("locks: the second admin is asked again under it")]
    public async Task Admins_ClosingEachOtherAtOnce_LeaveOne()
    {
        await City.WithDbAsync(db =>
        {
            db.Actors.Add(new Actor { Name = "admin-b", Role = Role.Admin });
            return db.SaveChangesAsync();
        });
        (await City.EnterDriverAsync(SmallCity.Admin)).Dispose();
        (await City.EnterDriverAsync("admin-b")).Dispose();

        var closed = await Task.WhenAll(CloseAsync(SmallCity.Admin, "admin-b"), CloseAsync("admin-b", SmallCity.Admin));

        CollectionAssert.AreEquivalent(new[] { "", "actor-closed" }, closed);
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Set<Account>().CountAsync(a => a.LockoutEnd != Account.Never)));
        var left = closed[0].Length == 0 ? SmallCity.Admin : "admin-b";
        await City.WithDbAsync(db =>
        {
            db.Actors.Add(new Actor { Name = "admin-c", Role = Role.Admin });
            return db.SaveChangesAsync();
        });
        Assert.AreEqual("last-admin", await CloseAsync("admin-c", left), "one without an account opens no door");
    }

    [TestMethod]
    public async Task ResetAdmin_OfAClosedAdmin_OpensTheAccountAndIsOnRecord()
    {
        (await City.EnterDriverAsync(SmallCity.Admin)).Dispose();
        await City.WithDbAsync(async db =>
        {
            (await db.Set<Account>().SingleAsync()).LockoutEnd = Account.Never;
            return await db.SaveChangesAsync();
        });

        var secret = await City.WithDeskAsync(context => ResetAdmin.HandleAsync(new(SmallCity.Admin, "system:root"), context, CancellationToken.None));
        var other = await City.WithDeskAsync(context => ResetAdmin.HandleAsync(new(SmallCity.Officer, "system:root"), context, CancellationToken.None));

        Assert.AreEqual("admin-unknown", other.Refusal?.Code);
        using var browser = await new TestBrowser(City).GoAsync($"/invitation/{secret.Value}");
        await browser.SubmitAsync("invitation", ("Password", AccountCity.Password));
        StringAssert.StartsWith(browser.Path, "/sign-in/second-factor");
        var line = (await City.AuditOfAsync(SmallCity.Admin)).Single(a => a.Operation == "reset-admin");
        Assert.AreEqual("system:root", line.Actor);
    }

    [TestMethod]
    [DataRow(-1, "")]
    [DataRow(0, "proof-stale")]
    public async Task Sign_ByAgeOfTheProof_IsTakenWithinFiveMinutes(int secondsBeyond, string rule)
    {
        var digest = (await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer })).GetProperty("digest").GetString()!;

        var signed = await City.WithDeskAsync(context => SignMonth.HandleAsync(
            "2017-07", new(new Acting(SmallCity.Officer) { ProvenAt = context.Now - TimeSpan.FromSeconds(300 + secondsBeyond + 0.5) }, digest),
            context, CancellationToken.None));

        Assert.AreEqual(rule, signed.Refusal?.Code ?? "");
    }

    [TestMethod]
    public async Task Operations_ThatSignPublishCloseOrRevoke_RefuseWhoProvedNothing()
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        var sessions = scope.ServiceProvider.GetRequiredService<Sessions>();

        Refusal?[] refused =
        [
            (await SignMonth.HandleAsync("2017-07", new(SmallCity.Officer, ""), context, CancellationToken.None)).Refusal,
            (await PublishMonth.HandleAsync("2017-07", new(SmallCity.Officer), context, CancellationToken.None)).Refusal,
            (await CloseAccount.HandleAsync(new(SmallCity.Admin, "d-2", Closes: true), context, sessions, CancellationToken.None)).Refusal,
            (await RevokeToken.HandleAsync(new(SmallCity.Admin, 1), context, CancellationToken.None)).Refusal,
        ];

        Assert.IsTrue(refused.All(r => r?.Code == "proof-stale"), string.Join(", ", refused.Select(r => r?.Code)));
    }

    [TestMethod]
    public async Task Browser_LeftAloneForFiveMinutes_ShowsTheSecondFactorAgain()
    {
        var (browser, key) = await City.EnterAsync(SmallCity.Admin);
        (await City.EnterDriverAsync("d-2")).Dispose();
        var before = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(6);
        await City.WithDbAsync(db => db.Set<Session>().ExecuteUpdateAsync(row => row.SetProperty(s => s.ProvenAt, before)));
        await browser.GoAsync("/accounts");

        await browser.SubmitAsync("keep", ("Act", "close:d-2"));

        StringAssert.StartsWith(browser.Path, "/sign-in/again?return=");
        await browser.SubmitAsync("again", ("Code", "000000"));
        StringAssert.Contains(browser.Html, "id=\"Code-fault\"");
        await browser.SubmitAsync("again", ("Code", Authenticator.CodeOf(key, 1)));
        Assert.AreEqual("/accounts", browser.Path);
        await browser.SubmitAsync("keep", ("Act", "close:d-2"));
        Assert.IsTrue(await City.WithDbAsync(db => db.Set<Account>().AnyAsync(a => a.UserName == "d-2" && a.LockoutEnd == Account.Never)), browser.Text);
        browser.Dispose();
    }

    private async Task<string> CloseAsync(string by, string name)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        var (context, sessions) = (scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<Sessions>());
        var closed = await CloseAccount.HandleAsync(new(Acting.AtServer(by), name, Closes: true), context, sessions, CancellationToken.None);
        return closed.Refusal?.Code ?? "";
    }
}
