using System.Net;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Tests.Accounts;

[TestClass]
public class SignInTests : CityTests
{
    [TestMethod]
    public async Task Driver_WithPassword_SeesTheOwnFileAndNoOther()
    {
        await City.CloseAsync("2017-07");
        using var browser = await City.EnterDriverAsync("d-2", "370-1234");

        Assert.AreEqual("/account", browser.Path, browser.Text);
        Assert.AreEqual(HttpStatusCode.OK, (await browser.GoAsync("/drivers/d-2/2017-07")).Status);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await browser.GoAsync("/drivers/d-1/2017-07")).Status);
    }

    [TestMethod]
    [DataRow("d-2")]
    [DataRow("D-2")]
    [DataRow(" 370-abc ")]
    public async Task Driver_ByCodeOrLicenceNumber_SignsIn(string number)
    {
        using var first = await City.EnterDriverAsync("d-2", "370-ABC");

        using var browser = await City.SignInAsync(number);

        Assert.AreEqual("/account", browser.Path, browser.Text);
    }

    [TestMethod]
    public async Task Bureau_WithPasswordAlone_HasNoRightYet()
    {
        using var first = (await City.EnterAsync(SmallCity.Officer)).Browser;

        using var browser = await City.SignInAsync(SmallCity.Officer);

        StringAssert.StartsWith(browser.Path, "/sign-in/code");
        StringAssert.StartsWith((await browser.GoAsync("/accounts")).Path, "/sign-in?return=");
    }

    [TestMethod]
    public async Task Bureau_WithPasswordAndCode_SignsIn()
    {
        var (first, key) = await City.EnterAsync(SmallCity.Officer);
        first.Dispose();
        using var browser = await City.SignInAsync(SmallCity.Officer);

        await browser.SubmitAsync("code", ("Code", Authenticator.CodeOf(key, 1)));

        Assert.AreEqual("/account", browser.Path, browser.Text);
    }

    [TestMethod]
    [DataRow(1, DisplayName = "the same")]
    [DataRow(0, DisplayName = "an older one")]
    public async Task Code_AfterOneThatWasTaken_OpensNothing(int ahead)
    {
        var (first, key) = await City.EnterAsync(SmallCity.Officer);
        first.Dispose();
        var code = Authenticator.CodeOf(key, ahead);
        using var once = await City.SignInAsync(SmallCity.Officer);
        await once.SubmitAsync("code", ("Code", Authenticator.CodeOf(key, 1)));
        using var again = await City.SignInAsync(SmallCity.Officer);

        await again.SubmitAsync("code", ("Code", code));

        Assert.AreEqual("/account", once.Path, once.Text);
        StringAssert.Contains(again.Text, "already been used");
        Assert.HasCount(1, (await City.AuditOfAsync(SmallCity.Officer)).Where(a => a.Operation == "second-factor-failed").ToList());
    }

    [TestMethod]
    [DecidedByDatabase("locks: two spend one code at once")]
    public async Task Code_InTwoBrowsersAtOnce_OpensOne()
    {
        var (first, key) = await City.EnterAsync(SmallCity.Officer);
        first.Dispose();
        using var one = await City.SignInAsync(SmallCity.Officer);
        using var other = await City.SignInAsync(SmallCity.Officer);
        var code = Authenticator.CodeOf(key, 1);

        await Task.WhenAll(one.SubmitAsync("code", ("Code", code)), other.SubmitAsync("code", ("Code", code)));

        Assert.HasCount(1, new[] { one, other }.Where(browser => browser.Path == "/account").ToList());
        Assert.HasCount(1, new[] { one, other }.Where(browser => browser.Text.Contains("already been used", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public async Task Code_OfANewAuthenticator_IsNotHeldForUsed()
    {
        (await City.EnterAsync(SmallCity.Officer)).Browser.Dispose();

        // Another invitation, and another key, within the same half minute.
        using var again = (await City.EnterAsync(SmallCity.Officer)).Browser;

        StringAssert.Contains(again.Text, "Recovery codes");
    }

    [TestMethod]
    [DataRow("d-1", "/me")]
    [DataRow("d-2", "/me")]
    [DataRow(SmallCity.Officer, "/bureau")]
    [DataRow(SmallCity.Auditor, "/bureau")]
    [DataRow(SmallCity.Admin, "/accounts")]
    public async Task SignIn_WithoutAPageAskedFor_GoesToTheFirstOfTheOwn(string name, string page)
    {
        var first = await City.EnterDriverAsync(name);
        var key = first.Read("key");
        if (key.Length > 0)
            await first.SubmitAsync("second-factor", ("Code", Authenticator.CodeOf(key)));
        first.Dispose();
        using var browser = await new TestBrowser(City).GoAsync("/sign-in");

        await browser.SubmitAsync("sign-in", ("Number", name), ("Password", AccountCity.Password));
        if (key.Length > 0)
            await browser.SubmitAsync("code", ("Code", Authenticator.CodeOf(key, 1)));

        Assert.AreEqual((page, HttpStatusCode.OK), (browser.Path, browser.Status), browser.Text);
    }

    [TestMethod]
    public async Task RecoveryCodes_MadeAnew_TakeThePlaceOfTheOld()
    {
        var (browser, key) = await City.EnterAsync(SmallCity.Officer);
        var old = CodesOn(browser);
        await browser.GoAsync("/account");
        Assert.AreEqual("10 recovery codes are left.", browser.Read("codes-left"));

        await browser.SubmitAsync("codes", ("Code", "000000"));
        StringAssert.Contains(browser.Html, "id=\"Code-fault\"");
        await browser.SubmitAsync("codes", ("Code", Authenticator.CodeOf(key, 1)));

        var made = CodesOn(browser);
        Assert.HasCount(10, made);
        Assert.IsEmpty(made.Intersect(old).ToList());
        Assert.IsEmpty(CodesOn(await browser.GoAsync("/account")), "they are told once");
        browser.Dispose();
        using var byOld = await City.SignInAsync(SmallCity.Officer);
        await byOld.SubmitAsync("code", ("Code", old[0]));
        StringAssert.Contains(byOld.Text, "not the current code");
        using var byNew = await City.SignInAsync(SmallCity.Officer);
        await byNew.SubmitAsync("code", ("Code", made[0]));
        Assert.AreEqual("9 recovery codes are left.", byNew.Read("codes-left"), byNew.Text);
        Assert.HasCount(1, (await City.AuditOfAsync(SmallCity.Officer)).Where(a => a.Operation == "renew-recovery-codes").ToList());
    }

    private static List<string> CodesOn(TestBrowser browser) =>
        [.. System.Text.RegularExpressions.Regex.Matches(browser.Html, "<li><code>([^<]+)</code>").Select(match => match.Groups[1].Value)];

    [TestMethod]
    public async Task RecoveryCode_UsedTwice_OpensOnce()
    {
        using var first = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var code = System.Text.RegularExpressions.Regex.Match(first.Html, "<li><code>([^<]+)</code>").Groups[1].Value;

        using var once = await City.SignInAsync(SmallCity.Officer);
        await once.SubmitAsync("code", ("Code", code));
        using var again = await City.SignInAsync(SmallCity.Officer);
        await again.SubmitAsync("code", ("Code", code));

        Assert.AreEqual("/account", once.Path, once.Text);
        StringAssert.StartsWith(again.Path, "/sign-in/code");
        StringAssert.Contains(again.Text, "not the current code");
    }

    [TestMethod]
    [DataRow("", AccountCity.Password, "Number")]
    [DataRow(" ", AccountCity.Password, "Number")]
    [DataRow("d-2", "", "Password")]
    public async Task SignIn_WithAnEmptyField_IsToldBesideItAndKeepsTheNumber(string number, string password, string field)
    {
        using var browser = await City.SignInAsync(number, password);

        StringAssert.Contains(browser.Html, $"id=\"{field}-fault\"");
        Assert.DoesNotContain("notice alarm", browser.Html);
        StringAssert.Contains(browser.Html, $"name=\"Number\" type=\"text\" value=\"{number}\"");
    }

    [TestMethod]
    public async Task Password_WrongFiveTimes_MakesThatPlaceWait()
    {
        using var first = await City.EnterDriverAsync("d-2");
        using var browser = new TestBrowser(City);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await browser.GoAsync("/sign-in");
            await browser.SubmitAsync("sign-in", ("Number", "d-2"), ("Password", "wrong wrong wrong"));
            StringAssert.Contains(browser.Text, "do not match", $"attempt {attempt}");
        }

        using var right = await City.SignInAsync("d-2");

        StringAssert.Contains(right.Text, "do not match");
    }

    [TestMethod]
    [DecidedByDatabase("locks: five write down failures at once")]
    public async Task Password_WrongInFiveBrowsersAtOnce_CountsEach()
    {
        using var first = await City.EnterDriverAsync("d-2");

        var tries = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => City.SignInAsync("d-2", "wrong wrong wrong")));

        Assert.IsTrue(tries.All(browser => browser.Status == HttpStatusCode.OK), "none meets another's change");
        using var right = await City.SignInAsync("d-2");
        StringAssert.Contains(right.Text, "do not match");
        Assert.HasCount(5, (await City.AuditOfAsync("d-2")).Where(a => a.Operation == "sign-in-failed").ToList());
        Array.ForEach(tries, browser => browser.Dispose());
    }

    [TestMethod]
    public async Task Password_WrongFourTimes_LeavesTheRightOneOpen()
    {
        using var first = await City.EnterDriverAsync("d-2");
        for (var attempt = 1; attempt < 5; attempt++)
            (await City.SignInAsync("d-2", "wrong wrong wrong")).Dispose();

        using var right = await City.SignInAsync("d-2");

        Assert.AreEqual("/account", right.Path, right.Text);
    }

    [TestMethod]
    public async Task Name_Unknown_IsRefusedInTheSameWordsAndNotWrittenDown()
    {
        using var browser = await City.SignInAsync("hunter2-in-the-wrong-field");

        StringAssert.Contains(browser.Text, "do not match");
        StringAssert.Contains(browser.Html, "value=\"hunter2-in-the-wrong-field\"", "what was typed is kept");
        Assert.HasCount(1, await City.AuditOfAsync("unknown"));
        Assert.IsFalse(await City.WithDbAsync(db => db.Audit.AnyAsync(a => a.Actor.Contains("hunter") || a.Detail.Contains("hunter"))));
    }

    [TestMethod]
    public async Task SignIn_InTurn_IsInTheAuditLog()
    {
        using var first = await City.EnterDriverAsync("d-2");
        (await City.SignInAsync("d-2", "wrong wrong wrong")).Dispose();
        using var browser = await City.SignInAsync("d-2");
        await browser.SubmitAsync("/sign-out");

        var operations = (await City.AuditOfAsync("d-2")).Select(a => a.Operation).SkipWhile(o => o != "invite").ToList();

        CollectionAssert.AreEqual(new[] { "invite", "accept-invitation", "sign-in", "sign-in-failed", "sign-in", "sign-out" }, operations);
    }

    [TestMethod]
    [DataRow("https://elsewhere.example/")]
    [DataRow("//elsewhere.example/")]
    [DataRow("/\\elsewhere.example")]
    public async Task SignIn_WithAnAddressElsewhere_StaysHere(string address)
    {
        using var first = await City.EnterDriverAsync("d-2");
        using var browser = await new TestBrowser(City).GoAsync($"/sign-in?return={Uri.EscapeDataString(address)}");

        await browser.SubmitAsync("sign-in", ("Number", "d-2"), ("Password", AccountCity.Password));

        Assert.AreEqual("/me", browser.Path);
    }

    [TestMethod]
    public async Task Secrets_InTheDatabase_AreSealedOrHashed()
    {
        var (browser, key) = await City.EnterAsync(SmallCity.Officer);
        var code = System.Text.RegularExpressions.Regex.Match(browser.Html, "<li><code>([^<]+)</code>").Groups[1].Value;
        browser.Dispose();

        var secrets = await City.WithDbAsync(db => db.Set<Microsoft.AspNetCore.Identity.IdentityUserToken<int>>().Select(t => t.Value!).ToListAsync());

        Assert.HasCount(2, secrets);
        Assert.IsFalse(secrets.Any(s => s.Contains(key, StringComparison.OrdinalIgnoreCase) || s.Contains(code, StringComparison.OrdinalIgnoreCase)));
    }

    [TestMethod]
    public async Task Attempts_MoreThanTwentyAMinute_AreRefusedWithAPage()
    {
        // Without a password nothing is hashed: all of them within the minute.
        using var browser = await new TestBrowser(City).GoAsync("/sign-in");
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            await browser.SubmitAsync("sign-in", ("Number", "nobody"), ("Password", ""));
            Assert.AreEqual(HttpStatusCode.OK, browser.Status, $"attempt {attempt}");
        }

        await browser.SubmitAsync("sign-in", ("Number", "nobody"), ("Password", ""));

        Assert.AreEqual(HttpStatusCode.TooManyRequests, browser.Status);
        StringAssert.Contains(browser.Text, "Too many requests");
        Assert.AreEqual(HttpStatusCode.OK, (await browser.GoAsync("/sign-in")).Status, "the page itself stays open");
    }
}
