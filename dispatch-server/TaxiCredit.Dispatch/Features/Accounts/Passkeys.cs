using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person adds a passkey to their own account, or removes one. No permission covers it: anyone who is signed in may do it.</summary>
internal static class Passkeys
{
    /// <param name="credential">What the browser made, as JSON.</param>
    /// <returns>Whether it answers the challenge that this browser was given.</returns>
    public static async Task<bool> AddAsync(
        Account account, string? credential, OperationContext context, SignInManager<Account> signIn, CancellationToken stop)
    {
        var made = await signIn.PerformPasskeyAttestationAsync(credential ?? "");
        if (!made.Succeeded)
            return false;

        var name = account.UserName!;
        await context.RunWithoutPermissionAsync<string>("add-passkey", name, async () =>
        {
            await signIn.UserManager.AddOrUpdatePasskeyAsync(account, made.Passkey);
            return Done.With(name, name);
        }, stop);
        return true;
    }

    /// <param name="id">Of the credential, in base64url.</param>
    /// <returns>Whether the account had it; another account's stays.</returns>
    public static async Task<bool> RemoveAsync(
        Account account, string? id, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (!Base64Url.IsValid(id))
            return false;

        var credential = Base64Url.DecodeFromChars(id);
        var name = account.UserName!;
        var removed = await context.RunWithoutPermissionAsync<bool>("remove-passkey", name, async () =>
        {
            if (await accounts.GetPasskeyAsync(account, credential) is null)
                return Done.Begun(false);
            await accounts.RemovePasskeyAsync(account, credential);
            return Done.With(true, name);
        }, stop);
        return removed.Value;
    }
}
