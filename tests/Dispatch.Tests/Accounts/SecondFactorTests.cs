using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

[TestClass]
public class SecondFactorTests : CityTests
{
    [TestMethod]
    public async Task Codes_WrongWithTheRightPasswordBetween_WaitAfterTheFifth()
    {
        var (first, key) = await City.EnterAsync(SmallCity.Officer);
        first.Dispose();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            using var browser = await City.SignInAsync(SmallCity.Officer);
            await browser.SubmitAsync("code", ("Code", "000000"));
            StringAssert.Contains(browser.Text, attempt <= 5 ? "not the current code" : "Too many wrong codes", $"attempt {attempt}");
        }

        using var right = await City.SignInAsync(SmallCity.Officer);
        await right.SubmitAsync("code", ("Code", Authenticator.CodeOf(key, 1)));
        StringAssert.Contains(right.Text, "Too many wrong codes");
        await using var scope = City.Server.Services.CreateAsyncScope();
        Assert.AreEqual("code-wait", (await CheckAsync(scope, await ReadAsync(scope), Authenticator.CodeOf(key, 1)))?.Code);
        Assert.AreEqual(5, await City.WithDbAsync(db => db.Set<Account>().Select(a => a.CodeFailures).SingleAsync()));
    }

    [TestMethod]
    public async Task Codes_WrongBeforeAFinishedSignIn_AreForgottenAndTold()
    {
        var (first, key) = await City.EnterAsync(SmallCity.Officer);
        first.Dispose();
        using var browser = await new TestBrowser(City).GoAsync("/sign-in?return=/bureau");
        await browser.SubmitAsync("sign-in", ("Number", SmallCity.Officer), ("Password", AccountCity.Password));
        for (var attempt = 1; attempt <= 4; attempt++)
            await browser.SubmitAsync("code", ("Code", "000000"));

        await browser.SubmitAsync("code", ("Code", Authenticator.CodeOf(key, 1)));

        Assert.AreEqual(0, await City.WithDbAsync(db => db.Set<Account>().Select(a => a.CodeFailures).SingleAsync()));
        Assert.AreEqual("/bureau", browser.Path);
        StringAssert.Contains(browser.Text, "Something happened to your account");
        await browser.GoAsync("/account");
        StringAssert.Contains(browser.Text, "Wrong codes: 4");
        await browser.GoAsync("/bureau");
        Assert.DoesNotContain("Something happened to your account", browser.Text);
    }

    [TestMethod]
    public async Task SignIn_OfADriverAfterWrongPasswords_TellsOfThem()
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        for (var attempt = 1; attempt <= 2; attempt++)
            (await City.SignInAsync("d-2", "wrong wrong wrong")).Dispose();

        using var browser = await City.SignInAsync("d-2");

        StringAssert.Contains(browser.Text, "Wrong passwords: 2");
        using var again = await City.SignInAsync("d-2");
        Assert.DoesNotContain("Wrong passwords", again.Text);
    }

    /// <summary>Both have read the list of codes before either uses one: the second must not put back what the first has used.</summary>
    [TestMethod]
    [DecidedByDatabase("locks: the second reads anew what the first has stored")]
    public async Task RecoveryCodes_TwoUsedAtOnce_NeitherComesBack()
    {
        using var browser = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var codes = System.Text.RegularExpressions.Regex.Matches(browser.Html, "<li><code>([^<]+)</code>").Select(m => m.Groups[1].Value).ToList();
        await using var one = City.Server.Services.CreateAsyncScope();
        await using var other = City.Server.Services.CreateAsyncScope();
        var (first, second) = (await ReadAsync(one), await ReadAsync(other));

        Assert.IsNull(await CheckAsync(one, first, codes[0]));
        Assert.IsNull(await CheckAsync(other, second, codes[1]));

        foreach (var used in new[] { codes[0], codes[1] })
        {
            await using var later = City.Server.Services.CreateAsyncScope();
            Assert.AreEqual("code-wrong", (await CheckAsync(later, await ReadAsync(later), used))?.Code, used);
        }

    }

    private static async Task<Account> ReadAsync(AsyncServiceScope scope)
    {
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await accounts.FindByNameAsync(SmallCity.Officer))!;
        await accounts.CountRecoveryCodesAsync(account);
        return account;
    }

    private static Task<Refusal?> CheckAsync(AsyncServiceScope scope, Account account, string code) => SecondFactor.CheckAsync(
        account, code, mayRecover: true, scope.ServiceProvider.GetRequiredService<OperationContext>(),
        scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), CancellationToken.None);
}
