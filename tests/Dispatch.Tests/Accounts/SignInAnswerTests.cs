using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>What an anonymous caller learns from a refused sign-in: nothing, not even by the work it takes.</summary>
[TestClass]
public class SignInAnswerTests : CityTests
{
    private readonly CountingHasher _hasher = new();

    [TestMethod]
    [DataRow("unknown", "nobody", "wrong wrong wrong", "here")]
    [DataRow("wrong", "d-2", "wrong wrong wrong", "here")]
    [DataRow("too many attempts", "d-2", "wrong wrong wrong", "there")]
    [DataRow("too many attempts, and right", "d-2", AccountCity.Password, "there")]
    [DataRow("closed", "d-1", "wrong wrong wrong", "here")]
    [DataRow("no password", "d-3", "wrong wrong wrong", "here")]
    public async Task SignIn_Refused_SaysTheSameAfterOneHash(string why, string name, string password, string source)
    {
        (await City.EnterDriverAsync("d-1")).Dispose();
        (await City.EnterDriverAsync("d-2")).Dispose();
        await City.WithDbAsync(db =>
        {
            db.Add(new Account { UserName = "d-3", NormalizedUserName = "D-3" });
            return db.SaveChangesAsync();
        });
        await City.WithDbAsync(async db =>
        {
            (await db.Set<Account>().SingleAsync(a => a.UserName == "d-1")).LockoutEnd = Account.Never;
            return await db.SaveChangesAsync();
        });
        var throttle = City.Server.Services.GetRequiredService<SignInThrottle>();
        for (var attempt = 1; attempt <= SignInThrottle.Free; attempt++)
            throttle.Begin("d-2", "there");

        var answer = await SignInAsync(name, password, source, throttle);

        Assert.AreEqual((403, "sign-in-failed"), (answer.Refusal!.Status, answer.Refusal.Code), why);
        Assert.AreEqual(1, _hasher.Hashed, why);
    }

    [TestMethod]
    public async Task SignIn_Right_TakesOneHashToo()
    {
        (await City.EnterDriverAsync("d-2")).Dispose();

        var answer = await SignInAsync("d-2", AccountCity.Password, "here", new SignInThrottle(TimeProvider.System));

        Assert.IsNull(answer.Refusal);
        Assert.AreEqual(1, _hasher.Hashed);
    }

    [TestMethod]
    public async Task Passwords_WrongFromElsewhere_NeverKeepTheOwnerOut()
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        var throttle = new SignInThrottle(TimeProvider.System);
        for (var attempt = 1; attempt <= 40; attempt++)
            Assert.IsNotNull((await SignInAsync("d-2", "wrong wrong wrong", "2001:db8::", throttle)).Refusal);

        Assert.IsNull((await SignInAsync("d-2", AccountCity.Password, "192.0.2.1", throttle)).Refusal);
    }

    private Task<Outcome<Account>> SignInAsync(string name, string password, string source, SignInThrottle throttle) => City.WithDeskAsync(async context =>
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        _hasher.Inner = accounts.PasswordHasher;
        accounts.PasswordHasher = _hasher;
        return await SignIn.HandleAsync(new(name, password, source), context, accounts, throttle, CancellationToken.None);
    });

    private sealed class CountingHasher : IPasswordHasher<Account>
    {
        public IPasswordHasher<Account>? Inner { get; set; }

        public int Hashed { get; private set; }

        public string HashPassword(Account user, string password)
        {
            Hashed++;
            return Inner!.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Hashed++;
            return Inner!.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
