using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

[TestClass]
public class SessionTests : CityTests
{
    [TestMethod]
    public async Task Session_EndedElsewhere_IsSignedOutAtOnce()
    {
        using var first = await City.EnterDriverAsync("d-2");
        using var second = await City.SignInAsync("d-2");
        var other = Regex.Matches(second.Html, "name=\"Session\" value=\"([^\"]+)\"").Single().Groups[1].Value;

        await second.SubmitAsync("end", ("Session", other));

        StringAssert.Contains(second.Text, "signed out");
        StringAssert.StartsWith((await first.GoAsync("/account")).Path, "/sign-in?return=");
        Assert.AreEqual("/account", (await second.GoAsync("/account")).Path);
    }

    [TestMethod]
    public async Task Session_OfSomebodyElse_CannotBeEndedByItsNumber()
    {
        using var victim = await City.EnterDriverAsync("d-1");
        using var second = await City.EnterDriverAsync("d-2");
        using var third = await City.SignInAsync("d-2");
        var id = await City.WithDbAsync(db => db.Set<Session>().Where(s => s.Name == "d-1").Select(s => s.Id).SingleAsync());

        await second.GoAsync("/account");
        await second.SubmitAsync("end", ("Session", $"{id}"));

        Assert.AreEqual("/account", (await victim.GoAsync("/account")).Path);
    }

    [TestMethod]
    [DataRow(-60, true)]
    [DataRow(60, false)]
    public async Task Session_NotSeenForTwelveHours_AdmitsNobody(int secondsBeyond, bool isOpen)
    {
        using var browser = await City.EnterDriverAsync("d-2");
        var seen = DateTimeOffset.UtcNow - TimeSpan.FromHours(12) - TimeSpan.FromSeconds(secondsBeyond);
        await City.WithDbAsync(db => db.Set<Session>().ExecuteUpdateAsync(row => row.SetProperty(s => s.SeenAt, seen)));

        await browser.GoAsync("/account");

        Assert.AreEqual(isOpen, browser.Path == "/account");
    }

    [TestMethod]
    public async Task Account_Closed_EndsItsSessionsAndOpensNoMore()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        using var driver = await City.EnterDriverAsync("d-2");

        await admin.GoAsync("/accounts");
        await admin.SubmitAsync("keep", ("Act", "close:d-2"));

        StringAssert.StartsWith((await driver.GoAsync("/account")).Path, "/sign-in?");
        using var again = await City.SignInAsync("d-2");
        StringAssert.Contains(again.Text, "closed");
        await admin.SubmitAsync("keep", ("Act", "open:d-2"));
        using var reopened = await City.SignInAsync("d-2");
        Assert.AreEqual("/account", reopened.Path, reopened.Text);
    }

    [TestMethod]
    public async Task Account_OfTheAdminOneself_IsNotClosed()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        await admin.GoAsync("/accounts");

        await admin.SubmitAsync("keep", ("Act", $"close:{SmallCity.Admin}"));

        StringAssert.Contains(admin.Text, "You cannot close your own account");
    }

    [TestMethod]
    public async Task Password_Changed_EndsTheOtherSessions()
    {
        using var first = await City.EnterDriverAsync("d-2");
        using var second = await City.SignInAsync("d-2");

        await second.SubmitAsync("password", ("Old", AccountCity.Password), ("New", "three more grey lamps"));

        StringAssert.Contains(second.Text, "password is changed");
        StringAssert.StartsWith((await first.GoAsync("/account")).Path, "/sign-in?");
        Assert.AreEqual("/account", (await second.GoAsync("/account")).Path);
        using var again = await City.SignInAsync("d-2", "three more grey lamps");
        Assert.AreEqual("/account", again.Path, again.Text);
    }

    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(true, 0)]
    public async Task Password_ChangedByTheOwnerOfAPasskey_NamesItAndRemovesItWhereAsked(bool removes, int left)
    {
        using var first = await City.EnterDriverAsync("d-2");
        await City.AddPasskeyAsync("d-2");
        using var second = await City.SignInAsync("d-2");
        StringAssert.Contains(second.Text, "Setting the password signs out:");
        StringAssert.Contains(second.Text, "These open the account without the password, and stay:");

        (string, string)[] typed = [("Old", AccountCity.Password), ("New", "three more grey lamps")];
        await second.SubmitAsync("password", removes ? [.. typed, ("RemovesPasskeys", "true")] : typed);

        StringAssert.Contains(second.Text, "password is changed");
        Assert.AreEqual(left > 0, second.Text.Contains("1 passkey still opens this account", StringComparison.Ordinal));
        Assert.HasCount(left, await City.WithAccountsAsync("d-2", (accounts, account) => accounts.GetPasskeysAsync(account)));
        var line = (await City.AuditOfAsync("d-2")).Last(a => a.Operation == "change-password");
        Assert.AreEqual(removes ? "passkeys 1" : "", line.Detail);
    }

    [TestMethod]
    public async Task Page_OfAnotherRole_IsForbiddenAndOfNobodyAsksToSignIn()
    {
        using var stranger = await new TestBrowser(City).GoAsync("/accounts");
        using var driver = await City.EnterDriverAsync("d-2");
        await driver.GoAsync("/accounts");

        Assert.AreEqual("/sign-in?return=%2Faccounts", stranger.Path);
        Assert.AreEqual(HttpStatusCode.Forbidden, driver.Status);
    }

    [TestMethod]
    public async Task Form_WithoutTheTokenOfThisSession_HasAPageOfItsOwn()
    {
        using var browser = await City.EnterDriverAsync("d-2");
        await browser.GoAsync("/account");
        using var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/account")
        {
            Content = new FormUrlEncodedContent([new("_handler", "password"), new("Old", AccountCity.Password), new("New", "three more grey lamps")]),
        });

        Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "This form has expired");
        using var again = await City.SignInAsync("d-2");
        Assert.AreEqual("/account", again.Path, "the password is the old one");
    }

    [TestMethod]
    public async Task Form_OpenedBeforeSigningOut_HasAPageOfItsOwn()
    {
        using var browser = await City.EnterDriverAsync("d-2");
        await browser.GoAsync("/account");
        await City.WithDbAsync(db => db.Set<Session>().ExecuteDeleteAsync());

        await browser.SubmitAsync("password", ("Old", AccountCity.Password), ("New", "three more grey lamps"));

        StringAssert.StartsWith(browser.Path, "/sign-in?return=");
    }

    [TestMethod]
    public async Task Api_WithACookieInThePlaceOfAToken_IsRefused()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;

        using var answer = await admin.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/drivers"));

        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.Unauthorized, "token-required");
    }

    [TestMethod]
    public async Task Token_MadeOnThePage_OpensTheApiUntilItIsRevoked()
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        await admin.GoAsync("/tokens");
        await admin.SubmitAsync("make", ("Name", "bulletin board"), ("Chosen", "read"), ("Chosen", "shifts"));
        City.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin.Read("token"));
        Assert.AreEqual(HttpStatusCode.OK, (await City.Client.GetAsync("/api/v1/drivers")).StatusCode);
        var id = await City.WithDbAsync(db => db.ApiTokens.Where(t => t.Name == "bulletin board").Select(t => t.Id).SingleAsync());

        await admin.SubmitAsync("revoke", ("Id", $"{id}"));

        Assert.AreEqual(HttpStatusCode.Unauthorized, (await City.Client.GetAsync("/api/v1/drivers")).StatusCode);
        CollectionAssert.AreEqual(new[] { "make-token", "revoke-token" }, (await City.AuditOfAsync("bulletin board")).ConvertAll(a => a.Operation));
        await admin.GoAsync("/tokens");
        Assert.AreEqual("", admin.Read("token"), "it is told once");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("x")]
    public async Task Token_WithoutAName_IsRefusedBesideItsField(string name)
    {
        using var admin = (await City.EnterAsync(SmallCity.Admin)).Browser;
        await admin.GoAsync("/tokens");

        await admin.SubmitAsync("make", ("Name", name), ("Chosen", "read"));

        Assert.AreEqual(name.Length == 0, admin.Html.Contains("aria-invalid", StringComparison.Ordinal));
    }
}
