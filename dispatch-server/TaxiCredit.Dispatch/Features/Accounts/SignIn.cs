using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// A person shows a name or number and the password. Wrong passwords lock the account for a while. Not by <c>RunAsync</c>: nobody is known yet who
/// could have a permission, and a failed attempt is stored although it is refused.
/// </summary>
/// <param name="Number">Actor's name or driver's code, employee or licence number.</param>
internal sealed record SignIn(string? Number, string? Password)
{
    /// <summary>Wrong passwords or codes in a row until the account is locked.</summary>
    public const int MaxFailures = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Verified when there is no password to verify, so that an unknown name takes as long as a wrong password.</summary>
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), Guid.NewGuid().ToString());

    public static Refusal Closed => Refusal.Forbidden("account-closed", "This account is closed; ask an admin of the bureau.");

    private static Refusal Wrong => Refusal.Forbidden("sign-in-failed", "Number and password do not fit each other.");

    public static async Task<Outcome<Account>> HandleAsync(SignIn command, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(command.Number))
            return Refusal.Malformed("number-missing", "Type your employee or licence number, or your driver code.");
        if (string.IsNullOrEmpty(command.Password))
            return Refusal.Malformed("password-missing", "Type your password.");

        var account = await FindAsync(command.Number, context, stop);
        if (account?.PasswordHash is null || command.Password.Length > Passwords.Longest)
        {
            var typed = command.Password[..Math.Min(command.Password.Length, Passwords.Longest)];
            accounts.PasswordHasher.VerifyHashedPassword(new Account(), NobodysHash, typed);
            // A name that nobody has may be a password in the wrong field; it is not written down.
            context.Record("?", "sign-in-failed", account?.UserName ?? "unknown");
            await context.Db.SaveChangesAsync(stop);
            return Wrong;
        }

        if (await accounts.IsLockedOutAsync(account))
            return Locked(account);
        var isRight = await accounts.CheckPasswordAsync(account, command.Password);
        return await CountAsync(account, isRight, null, "sign-in-failed", Wrong, context, accounts, stop) is { } refused ? refused : account;
    }

    /// <summary>
    /// Counts an attempt. Concurrent attempts are each counted: they wait for each other, and a lockout that one causes holds for the others.
    /// Not by <c>RunAsync</c>: a failure is stored although the outcome is a refusal.
    /// </summary>
    /// <param name="step">Time step of the authenticator's code, which is valid once; null for a password or a recovery code.</param>
    /// <param name="operation">Name of a failure in the audit log.</param>
    /// <param name="wrong">Refusal of a failure that does not lock the account.</param>
    /// <returns>The refusal, or null.</returns>
    public static async Task<Refusal?> CountAsync(
        Account account, bool isRight, long? step, string operation, Refusal wrong, OperationContext context, UserManager<Account> accounts,
        CancellationToken stop)
    {
        await using var batch = await context.BeginAsync(stop);
        await context.Db.Entry(account).ReloadAsync(stop);
        if (await accounts.IsLockedOutAsync(account))
            return Locked(account);
        if (step <= account.CodeStep)
            (isRight, wrong) = (false, SecondFactor.Used);
        if (isRight)
        {
            account.CodeStep = step ?? account.CodeStep;
            await accounts.ResetAccessFailedCountAsync(account);
        }
        else
        {
            await accounts.AccessFailedAsync(account);
            context.Record(account.UserName!, operation, account.UserName!);
        }

        await batch.CommitAsync(stop);
        return isRight ? null : await accounts.IsLockedOutAsync(account) ? Locked(account) : wrong;
    }

    public static Refusal Locked(Account account) => account.IsClosed
        ? Closed
        : Refusal.Forbidden(
            "account-locked", $"Too many wrong attempts: this account is locked for {LockedFor.TotalMinutes} minutes. A passkey still opens it.");

    private static Task<Account?> FindAsync(string typed, OperationContext context, CancellationToken stop)
    {
        var number = Account.Normalize(typed);
        return context.Db.Set<Account>().OrderBy(a => a.NormalizedUserName != number)
            .FirstOrDefaultAsync(a => a.NormalizedUserName == number || a.Number == number, stop);
    }
}
