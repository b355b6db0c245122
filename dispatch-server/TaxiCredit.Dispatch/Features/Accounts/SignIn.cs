using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// A person shows a name or number and the password. The answer to an unknown name, to a wrong password and to one attempt too many is the same, and
/// comes after exactly one hash. Wrong passwords make whoever tries wait, see <see cref="SignInThrottle"/>; they never lock the account.
/// </summary>
/// <param name="Number">Actor's name or driver's code, employee or licence number.</param>
/// <param name="Source">As <see cref="CallerAddress"/>.</param>
internal sealed record SignIn(string? Number, string? Password, string Source)
{
    /// <summary>Verified when there is no password to verify.</summary>
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), Guid.NewGuid().ToString());

    public static Refusal Closed => Refusal.Forbidden("account-closed", "This account is closed; ask an admin of the bureau.");

    private static Refusal Wrong => Refusal.Forbidden(
        "sign-in-failed", "Number and password do not fit each other, or there were too many attempts from here; wait some minutes after the fifth.");

    public static async Task<Outcome<Account>> HandleAsync(
        SignIn command, OperationContext context, UserManager<Account> accounts, SignInThrottle throttle, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(command.Number))
            return Refusal.Malformed("number-missing", "Type your employee or licence number, or your driver code.");
        if (string.IsNullOrEmpty(command.Password))
            return Refusal.Malformed("password-missing", "Type your password.");

        var account = await FindAsync(command.Number, context, stop);
        var isTried = throttle.Begin(account?.UserName ?? command.Number, command.Source);
        var isRight = Verify(command.Password, isTried ? account : null, accounts.PasswordHasher);
        if (!isRight)
        {
            if (isTried)
                await RecordFailureAsync("sign-in-failed", account?.UserName, context, stop);
            return Wrong;
        }

        throttle.Clear(account!.UserName!, command.Source);
        return account.IsClosed ? Closed : account;
    }

    /// <summary>Writes down a failure. A name that nobody has may be a password in the wrong field; it is not written down.</summary>
    public static Task RecordFailureAsync(string operation, string? name, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync(operation, "?", () => Task.FromResult<Outcome<Done<bool>>>(Done.With(true, name ?? "unknown")), stop);

    /// <summary>One hash, whatever there is to compare with.</summary>
    private static bool Verify(string password, Account? account, IPasswordHasher<Account> hasher)
    {
        var isFit = account?.PasswordHash is not null && password.Length <= Passwords.Longest;
        var verified = hasher.VerifyHashedPassword(
            account ?? new Account(), isFit ? account!.PasswordHash! : NobodysHash, password[..Math.Min(password.Length, Passwords.Longest)]);
        return isFit && verified != PasswordVerificationResult.Failed;
    }

    private static Task<Account?> FindAsync(string typed, OperationContext context, CancellationToken stop)
    {
        var number = Account.Normalize(typed);
        return context.Db.Set<Account>().OrderBy(a => a.NormalizedUserName != number)
            .FirstOrDefaultAsync(a => a.NormalizedUserName == number || a.Number == number, stop);
    }
}
