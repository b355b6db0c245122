using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>What the tests of accounts do with the small city.</summary>
internal static class AccountCity
{
    public const string Password = "four grey lamps hum";

    /// <summary>An invitation by the admin, to which a supervisor agrees where that is needed; returns the path of its page.</summary>
    public static Task<string> InviteAsync(this SmallCity city, string name, string? number = null) => city.WithDeskAsync(async context =>
    {
        var secret = (await Invite.HandleAsync(new(SmallCity.Admin, name, null, number), context, CancellationToken.None)).Value;
        if (await ApproveInvitation.Waiting(context.Db, context.Now).AnyAsync(i => i.Name == name))
            _ = (await ApproveInvitation.HandleAsync(new(SmallCity.Supervisor, name), context, CancellationToken.None)).Value;
        return "/invitation/" + secret;
    });

    /// <summary>A browser at which that driver has accepted an invitation.</summary>
    public static async Task<TestBrowser> EnterDriverAsync(this SmallCity city, string name, string? number = null)
    {
        var browser = await new TestBrowser(city).GoAsync(await city.InviteAsync(name, number));
        return await browser.SubmitAsync("invitation", ("Password", Password));
    }

    /// <summary>A browser at which that person of the bureau has accepted an invitation and set up the second factor.</summary>
    public static async Task<(TestBrowser Browser, string Key)> EnterAsync(this SmallCity city, string name)
    {
        var browser = await city.EnterDriverAsync(name);
        var key = browser.Read("key");
        await browser.SubmitAsync("second-factor", ("Code", Authenticator.CodeOf(key)));
        StringAssert.Contains(browser.Text, "Recovery codes");
        return (browser, key);
    }

    /// <summary>Another browser of somebody who has an account.</summary>
    public static async Task<TestBrowser> SignInAsync(this SmallCity city, string number, string password = Password)
    {
        var browser = await new TestBrowser(city).GoAsync("/sign-in?return=/account");
        return await browser.SubmitAsync("sign-in", ("Number", number), ("Password", password));
    }

    public static async Task<T> WithDeskAsync<T>(this SmallCity city, Func<OperationContext, Task<T>> work)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>());
    }

    /// <summary>Works on the account of that name as the features do.</summary>
    public static async Task<T> WithAccountsAsync<T>(this SmallCity city, string name, Func<UserManager<Account>, Account, Task<T>> work)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        return await work(accounts, (await accounts.FindByNameAsync(name))!);
    }

    /// <summary>A passkey that nothing can answer for.</summary>
    public static Task AddPasskeyAsync(this SmallCity city, string name) => city.WithAccountsAsync(name, (accounts, account) =>
        accounts.AddOrUpdatePasskeyAsync(
            account, new UserPasskeyInfo([1, 2, 3], [4, 5, 6], DateTimeOffset.UnixEpoch, 0, [], false, false, false, [], [])));

    public static Task<List<AuditEntry>> AuditOfAsync(this SmallCity city, string subject) =>
        city.WithDbAsync(db => db.Audit.AsNoTracking().Where(a => a.Subject == subject).OrderBy(a => a.Id).ToListAsync());
}
