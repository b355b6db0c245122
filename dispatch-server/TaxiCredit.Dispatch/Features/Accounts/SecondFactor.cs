using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// The code of an authenticator (TOTP, RFC 6238), besides the password. Everybody at the bureau needs one. No permission covers these operations: a
/// current code is the proof.
/// </summary>
internal static class SecondFactor
{
    public const int RecoveryCodes = 10;

    public static Refusal Used =>
        Refusal.Forbidden("code-used", "This code was used already, and each is good once; wait for the next one, at most 30 seconds.");

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

    /// <summary>Checks an authenticator code, or a recovery code, which is then used up.</summary>
    /// <returns>Why not, or null. Wrong codes lock the account as wrong passwords do.</returns>
    public static async Task<Refusal?> CheckAsync(
        Account account, string? code, bool mayRecover, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await accounts.IsLockedOutAsync(account))
            return SignIn.Locked(account);
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        var step = await accounts.GetAuthenticatorKeyAsync(account) is { } key ? Totp.StepOf(typed, key, context.Now) : null;
        var isRight = step is not null || mayRecover && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, typed.ToUpperInvariant())).Succeeded;
        var wrong = Refusal.Forbidden("code-wrong", "This is not the code of this moment; codes change every 30 seconds.");
        return await SignIn.CountAsync(account, isRight, step, "second-factor-failed", wrong, context, accounts, stop);
    }

    private static async Task<Done<IReadOnlyList<string>>> MakeCodesAsync(Account account, UserManager<Account> accounts)
    {
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        return Done.With<IReadOnlyList<string>>([.. codes!], account.UserName!);
    }
}
