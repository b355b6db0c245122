using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>What is refused to whoever signs in, or keeps accounts and tokens. Each test has persons of its own in one city.</summary>
[TestClass]
public sealed class AccountRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow(null, "x", "number-missing")]
    [DataRow("", "x", "number-missing")]
    [DataRow(" ", null, "number-missing")]
    [DataRow("d-1", null, "password-missing")]
    [DataRow("d-1", "", "password-missing")]
    public Task SignIn_WithoutNumberOrPassword_IsRefused(string? number, string? password, string rule) =>
        UnchangedAsync(() => SignInAsync(number, password), StatusCodes.Status400BadRequest, rule);

    [TestMethod]
    public async Task SignIn_AfterFiveWrongPasswordsFromOnePlace_IsNotLookedAtThere()
    {
        await EnterAsync("d-1");
        for (var attempt = 1; attempt <= 5; attempt++)
            AssertRefused(await SignInAsync("d-1", "wrong wrong wrong"), StatusCodes.Status403Forbidden, "sign-in-failed");
        Assert.HasCount(5, (await _city.AuditOfAsync("d-1")).Where(a => a.Operation == "sign-in-failed").ToList());

        await UnchangedAsync(() => SignInAsync("d-1", AccountCity.Password), StatusCodes.Status403Forbidden, "sign-in-failed");

        Assert.IsNull((await SignInAsync("d-1", AccountCity.Password, "another place")).Refusal);
    }

    [TestMethod]
    public async Task SignIn_ToAnAccountThatIsClosed_IsRefused()
    {
        await EnterAsync("d-2");
        Assert.IsNull((await CloseAsync("d-2")).Refusal);

        await UnchangedAsync(() => SignInAsync("d-2", AccountCity.Password), StatusCodes.Status403Forbidden, "account-closed");
    }

    [TestMethod]
    public async Task SecondFactor_CodeWrongOrUsed_IsRefusedAndCounted()
    {
        await EnterAsync(SmallCity.OtherOfficer);
        var key = await OfAccountAsync(SmallCity.OtherOfficer, (account, _, accounts) => SecondFactor.KeyAsync(account, accounts));
        AssertRefused(await SetUpAsync("12345"), StatusCodes.Status403Forbidden, "code-wrong");
        Assert.IsFalse(await OfAccountAsync(SmallCity.OtherOfficer, (account, _, _) => Task.FromResult(account.TwoFactorEnabled)));
        // A step ahead, so that it is within the tolerance however long the test takes.
        var code = Authenticator.CodeOf(key, 1);
        Assert.IsNull((await SetUpAsync(code)).Refusal);

        var again = await OfAccountAsync(SmallCity.OtherOfficer, (account, context, accounts) =>
            SecondFactor.CheckAsync(account, code, mayRecover: true, context, accounts, CancellationToken.None));

        Assert.AreEqual((StatusCodes.Status403Forbidden, "code-used"), (again?.Status, again?.Code));
        Assert.HasCount(2, (await _city.AuditOfAsync(SmallCity.OtherOfficer)).Where(a => a.Operation == "second-factor-failed").ToList());

        Task<Outcome<IReadOnlyList<string>>> SetUpAsync(string typed) => OfAccountAsync(SmallCity.OtherOfficer, (account, context, accounts) =>
            SecondFactor.SetUpAsync(account, typed, context, accounts, CancellationToken.None));
    }

    [TestMethod]
    public async Task Invitation_UsedReplacedOrMadeUp_IsRefused()
    {
        var used = await EnterAsync(SmallCity.Auditor);
        var replaced = await InviteAsync(SmallCity.Officer, null);
        Assert.IsNull((await InviteAsync(SmallCity.Officer, null)).Refusal);

        foreach (var secret in new[] { used, replaced.Value, "", "made-up" })
            await UnchangedAsync(() => AcceptAsync(secret), StatusCodes.Status410Gone, "invitation-unknown");
    }

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(32, true)]
    [DataRow(33, false)]
    public Task Invite_ByLengthOfNumber_IsTakenUpTo32(int length, bool taken) =>
        TakenAsync(() => InviteAsync("d-3", new string('7', length)), taken, "number-length");

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(64, true)]
    [DataRow(65, false)]
    public Task MakeToken_ByLengthOfName_IsTakenFrom1To64(int length, bool taken) => TakenAsync(
        () => _city.WithDeskAsync(context => MakeToken.HandleAsync(new(SmallCity.Admin, new string('t', length), ["read"]), context, CancellationToken.None)),
        taken, "token-name-length");

    [TestMethod]
    public Task RevokeToken_ThatThereIsNot_IsRefused() => UnchangedAsync(
        () => _city.WithDeskAsync(context => RevokeToken.HandleAsync(new(Acting.AtServer(SmallCity.Admin), 999), context, CancellationToken.None)),
        StatusCodes.Status404NotFound, "token-unknown");

    [TestMethod]
    public Task CloseAccount_TheOwn_IsRefused() => UnchangedAsync(() => CloseAsync(SmallCity.Admin), StatusCodes.Status422UnprocessableEntity, "account-own");

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public Task CloseOrOpenAccount_OfSomebodyWithoutOne_IsRefused(bool closes) =>
        UnchangedAsync(() => CloseAsync("d-3", closes), StatusCodes.Status404NotFound, "account-unknown");

    [TestMethod]
    [DataRow("stranger")]
    [DataRow("")]
    [DataRow("d-3", DisplayName = "a driver, for whom the directory does not vouch")]
    public Task Directory_NamingNobodyOfTheBureau_IsRefused(string name) =>
        UnchangedAsync(() => FindAsync(name), StatusCodes.Status403Forbidden, "directory-unknown");

    [TestMethod]
    public async Task Directory_NamingSomebodyWhoseAccountIsClosed_IsRefused()
    {
        await EnterAsync(SmallCity.Supervisor);
        Assert.IsNull((await FindAsync(SmallCity.Supervisor)).Refusal);
        Assert.IsNull((await CloseAsync(SmallCity.Supervisor)).Refusal);

        await UnchangedAsync(() => FindAsync(SmallCity.Supervisor), StatusCodes.Status403Forbidden, "account-closed");
    }

    /// <summary>Lets somebody accept an invitation; returns its secret.</summary>
    private static async Task<string> EnterAsync(string name)
    {
        var secret = (await InviteAsync(name, null)).Value;
        Assert.IsNull((await AcceptAsync(secret)).Refusal);
        return secret;
    }

    private static Task<Outcome<string>> InviteAsync(string name, string? number) =>
        _city.WithDeskAsync(context => Invite.HandleAsync(new(SmallCity.Admin, name, null, number), context, CancellationToken.None));

    private static Task<Outcome<Account>> AcceptAsync(string secret) => InScopeAsync((context, accounts, sessions) =>
        AcceptInvitation.HandleAsync(new(secret, AccountCity.Password), context, accounts, sessions, CancellationToken.None));

    private static Task<Outcome<Account>> SignInAsync(string? number, string? password, string source = "here") => InScopeAsync((context, accounts, _) =>
        SignIn.HandleAsync(
            new(number, password, source), context, accounts, _city.Server.Services.GetRequiredService<SignInThrottle>(), CancellationToken.None));

    private static Task<Outcome<Account>> CloseAsync(string name, bool closes = true) => InScopeAsync((context, _, sessions) =>
        CloseAccount.HandleAsync(new(Acting.AtServer(SmallCity.Admin), name, closes), context, sessions, CancellationToken.None));

    private static Task<Outcome<Person>> FindAsync(string name) => _city.WithDeskAsync(context =>
        BureauDirectory.FindAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "directory")), context, CancellationToken.None));

    private static Task<T> OfAccountAsync<T>(string name, Func<Account, OperationContext, UserManager<Account>, Task<T>> work) =>
        InScopeAsync(async (context, accounts, _) => await work((await accounts.FindByNameAsync(name))!, context, accounts));

    private static async Task<T> InScopeAsync<T>(Func<OperationContext, UserManager<Account>, Sessions, Task<T>> work)
    {
        await using var scope = _city.Server.Services.CreateAsyncScope();
        var all = scope.ServiceProvider;
        return await work(all.GetRequiredService<OperationContext>(), all.GetRequiredService<UserManager<Account>>(), all.GetRequiredService<Sessions>());
    }

    private static async Task TakenAsync<T>(Func<Task<Outcome<T>>> operation, bool taken, string rule)
    {
        if (taken)
            Assert.IsNull((await operation()).Refusal);
        else
            await UnchangedAsync(operation, StatusCodes.Status400BadRequest, rule);
    }

    private static Task UnchangedAsync<T>(Func<Task<Outcome<T>>> operation, int status, string rule) =>
        _city.UnchangedAsync(async () => AssertRefused(await operation(), status, rule));

    private static void AssertRefused<T>(Outcome<T> outcome, int status, string rule) =>
        Assert.AreEqual((status, rule), (outcome.Refusal?.Status, outcome.Refusal?.Code));
}
