using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// Identity's store over our database. The keys of authenticators are sealed by the key ring, which lies outside the database, and recovery
/// codes are hashed: a copy of the database alone does not give away the second factor.
/// </summary>
internal sealed class AccountStore(DispatchContext db, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserOnlyStore<
        Account, DispatchContext, int, IdentityUserClaim<int>, IdentityUserLogin<int>, IdentityUserToken<int>, IdentityUserPasskey<int>>(db, describer)
{
    private readonly IDataProtector _seal = protection.CreateProtector("TaxiCredit.Accounts.Authenticator");

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _seal.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } sealedKey ? _seal.Unprotect(sealedKey) : null;

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(BearerTokens.HashOf), cancellationToken);

    public override Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, BearerTokens.HashOf(code), cancellationToken);
}
