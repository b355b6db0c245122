using Microsoft.AspNetCore.Identity;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>The code of an authenticator (TOTP, RFC 6238), beside the password. At the bureau nobody does without.</summary>
internal static class SecondFactor
{
    public const int RecoveryCodes = 10;

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
    public static async Task<Outcome<IReadOnlyList<string>>> SetUpAsync(Account account, string? code, Desk desk, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await CheckAsync(account, code, mayRecover: false, desk, accounts, stop) is { } refused)
            return refused;

        await accounts.SetTwoFactorEnabledAsync(account, true);
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        desk.Record(account.UserName!, "set-up-second-factor", account.UserName!);
        await desk.Db.SaveChangesAsync(stop);
        return codes!.ToList();
    }

    /// <summary>Checks a code of the authenticator, or a recovery code, which is then used up.</summary>
    /// <returns>Why not, or null. Wrong codes lock the account as wrong passwords do.</returns>
    public static async Task<Refusal?> CheckAsync(Account account, string? code, bool mayRecover, Desk desk, UserManager<Account> accounts, CancellationToken stop)
    {
        if (await accounts.IsLockedOutAsync(account))
            return SignIn.Locked(account);
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        var isRight = await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, typed)
            || mayRecover && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, typed.ToUpperInvariant())).Succeeded;
        var wrong = Refusal.Forbidden("code-wrong", "This is not the code of this moment; codes change every 30 seconds.");
        return await SignIn.CountAsync(account, isRight, "second-factor-failed", wrong, desk, accounts, stop);
    }
}
