using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// The code of an authenticator (TOTP, RFC 6238), besides the password. Everybody at the bureau needs one. No permission covers these operations: a
/// current code is the proof.
/// </summary>
internal static class SecondFactor
{
    public const int RecoveryCodes = 10;

    /// <summary>Wrong codes since the last finished sign-in before there is a wait.</summary>
    public const int MaxFailures = 5;

    public static Refusal Used =>
        Refusal.Forbidden("code-used", "This code was used already, and each is good once; wait for the next one, at most 30 seconds.");

    private static Refusal Wrong => Refusal.Forbidden("code-wrong", "This is not the code of this moment; codes change every 30 seconds.");

    /// <summary>Whether a role signs in with more than a password.</summary>
    public static bool IsRequired(Role role) => role is not (Role.Driver or Role.Leader);

    /// <summary>The authenticator's key; created at the first call, unchanged until it is confirmed.</summary>
    public static async Task<string> KeyAsync(Account account, UserManager<Account> accounts)
    {
        if (await accounts.GetAuthenticatorKeyAsync(account) is { } key)
            return key;
        await accounts.ResetAuthenticatorKeyAsync(account);
        return (await accounts.GetAuthenticatorKeyAsync(account))!;
    }

    /// <summary>What the authenticator reads from a QR code.</summary>
    public static string Uri(string name, string key) =>
        $"otpauth://totp/TaxiCredit:{System.Uri.EscapeDataString(name)}?secret={key}&issuer=TaxiCredit&digits=6";

    /// <summary>Accepts a first code as proof that the authenticator has the key.</summary>
    /// <returns>Recovery codes, each valid once; only their hashes are stored.</returns>
    public static async Task<Outcome<IReadOnlyList<string>>> SetUpAsync(
        Account account, string? code, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await CheckAsync(account, code, mayRecover: false, context, accounts, stop) is { } refused)
            return refused;

        return await context.RunWithoutPermissionAsync<IReadOnlyList<string>>("set-up-second-factor", account.UserName!, async () =>
        {
            await accounts.SetTwoFactorEnabledAsync(account, true);
            return await MakeCodesAsync(account, accounts);
        }, stop);
    }

    /// <summary>Replaces all recovery codes, for a current code.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> RenewAsync(
        Account account, string? code, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await CheckAsync(account, code, mayRecover: false, context, accounts, stop) is { } refused)
            return refused;

        return await context.RunWithoutPermissionAsync<IReadOnlyList<string>>("renew-recovery-codes", account.UserName!, async () =>
            await MakeCodesAsync(account, accounts), stop);
    }

    /// <summary>
    /// Checks an authenticator code, or a recovery code, which is then used up. Wrong codes are counted with the account, and only a sign-in that was
    /// finished clears the count, see <see cref="BeginSession"/>: who knows the password alone guesses ever slower. Under the write lock: of two at once
    /// the second sees what the first has used. Not by <c>RunAsync</c>: a failure is stored although the outcome is a refusal.
    /// </summary>
    /// <returns>Why not, or null.</returns>
    public static async Task<Refusal?> CheckAsync(
        Account account, string? code, bool mayRecover, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        await using var batch = await context.BeginAsync(stop);
        await ReadAnewAsync(account, context, stop);
        if (account.IsClosed)
            return SignIn.Closed;
        if (account.CodeNotBefore > context.Now)
            return Wait(account.CodeNotBefore.Value);

        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        var step = await accounts.GetAuthenticatorKeyAsync(account) is { } key ? Totp.StepOf(typed, key, context.Now) : null;
        var isUsed = step <= account.CodeStep;
        var isRight = !isUsed
            && (step is not null || mayRecover && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, typed.ToUpperInvariant())).Succeeded);
        if (isRight)
        {
            account.CodeStep = step ?? account.CodeStep;
        }
        else
        {
            account.CodeFailures++;
            account.CodeNotBefore = WaitAfter(account.CodeFailures) is var wait && wait > TimeSpan.Zero ? context.Now + wait : null;
            context.Record(account.UserName!, "second-factor-failed", account.UserName!);
        }

        await batch.CommitAsync(stop);
        return isRight ? null : isUsed ? Used : Wrong;
    }

    /// <summary>How long to wait after so many wrong codes since the last finished sign-in.</summary>
    public static TimeSpan WaitAfter(int failures) => failures < MaxFailures
        ? TimeSpan.Zero
        : TimeSpan.FromMinutes(Math.Min(60, 1 << Math.Min(failures - MaxFailures, 6)));

    /// <summary>Forgets what was read before the lock was held: the account, and the list of recovery codes, of which one may be used up meanwhile.</summary>
    private static async Task ReadAnewAsync(Account account, OperationContext context, CancellationToken stop)
    {
        await context.Db.Entry(account).ReloadAsync(stop);
        foreach (var secret in context.Db.ChangeTracker.Entries<IdentityUserToken<int>>().ToList())
            secret.State = EntityState.Detached;
    }

    private static Refusal Wait(DateTimeOffset until) => Refusal.Forbidden(
        "code-wait", $"Too many wrong codes: the next one is looked at from {until:yyyy-MM-dd HH:mm:ss} UTC on. A passkey opens the account before.");

    private static async Task<Done<IReadOnlyList<string>>> MakeCodesAsync(Account account, UserManager<Account> accounts)
    {
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        return Done.With<IReadOnlyList<string>>([.. codes!], account.UserName!);
    }
}
