using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>The code of an authenticator (TOTP, RFC 6238), beside the password. At the bureau nobody does without.</summary>
internal static class SecondFactor
{
    public const int RecoveryCodes = 10;

    public static Refusal Used => Refusal.Forbidden("code-used", "This code was used already, and each is good once; wait for the next one, at most 30 seconds.");

    /// <summary>Whether a role signs in with more than a password.</summary>
    public static bool IsRequired(Role role) => role is not (Role.Driver or Role.Leader);

    /// <summary>The key that an authenticator is given; made at the first call, the same until it has been confirmed.</summary>
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

    /// <summary>Takes a first code as the proof that the authenticator has the key.</summary>
    /// <returns>Recovery codes, each good once; only their hashes stay.</returns>
    public static async Task<Outcome<IReadOnlyList<string>>> SetUpAsync(Account account, string? code, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await CheckAsync(account, code, mayRecover: false, context, accounts, stop) is { } refused)
            return refused;

        await accounts.SetTwoFactorEnabledAsync(account, true);
        return await MakeCodesAsync(account, "set-up-second-factor", context, accounts, stop);
    }

    /// <summary>Makes recovery codes in the place of all that there are, for a code of this moment.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> RenewAsync(Account account, string? code, OperationContext context, UserManager<Account> accounts, CancellationToken stop) =>
        await CheckAsync(account, code, mayRecover: false, context, accounts, stop) is { } refused
            ? refused
            : await MakeCodesAsync(account, "renew-recovery-codes", context, accounts, stop);

    /// <summary>Checks a code of the authenticator, or a recovery code, which is then used up.</summary>
    /// <returns>Why not, or null. Wrong codes lock the account as wrong passwords do.</returns>
    public static async Task<Refusal?> CheckAsync(Account account, string? code, bool mayRecover, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await accounts.IsLockedOutAsync(account))
            return SignIn.Locked(account);
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        var step = await accounts.GetAuthenticatorKeyAsync(account) is { } key ? Totp.StepOf(typed, key, context.Now) : null;
        var isRight = step is not null || mayRecover && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, typed.ToUpperInvariant())).Succeeded;
        var wrong = Refusal.Forbidden("code-wrong", "This is not the code of this moment; codes change every 30 seconds.");
        return await SignIn.CountAsync(account, isRight, step, "second-factor-failed", wrong, context, accounts, stop);
    }

    private static async Task<List<string>> MakeCodesAsync(Account account, string operation, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        await using var write = await context.Db.BeginWriteAsync(stop);
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        context.Record(account.UserName!, operation, account.UserName!);
        await write.SaveAsync(stop);
        return [.. codes!];
    }
}
