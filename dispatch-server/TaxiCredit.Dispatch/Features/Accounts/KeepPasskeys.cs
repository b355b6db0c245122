using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person adds a passkey to the own account, and takes one away.</summary>
internal static class KeepPasskeys
{
    /// <param name="credential">What the browser made, as JSON.</param>
    /// <returns>Whether it answers the challenge that this browser was given.</returns>
    public static async Task<bool> AddAsync(Account account, string? credential, OperationContext context, SignInManager<Account> signIn, CancellationToken stop)
    {
        var made = await signIn.PerformPasskeyAttestationAsync(credential ?? "");
        if (!made.Succeeded)
            return false;

        await using var write = await context.Db.BeginWriteAsync(stop);
        await signIn.UserManager.AddOrUpdatePasskeyAsync(account, made.Passkey);
        context.Record(account.UserName!, "add-passkey", account.UserName!);
        await write.SaveAsync(stop);
        return true;
    }

    /// <param name="id">Of the credential, in base64url.</param>
    /// <returns>Whether the account had it; another account's stays.</returns>
    public static async Task<bool> RemoveAsync(Account account, string? id, OperationContext context, UserManager<Account> accounts, CancellationToken stop)
    {
        if (!Base64Url.IsValid(id))
            return false;

        var credential = Base64Url.DecodeFromChars(id);
        await using var write = await context.Db.BeginWriteAsync(stop);
        if (await accounts.GetPasskeyAsync(account, credential) is null)
            return false;
        await accounts.RemovePasskeyAsync(account, credential);
        context.Record(account.UserName!, "remove-passkey", account.UserName!);
        await write.SaveAsync(stop);
        return true;
    }
}
