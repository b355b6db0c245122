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
    /// <summary>Provider and name under which Identity stores recovery codes.</summary>
    private const string IdentitysOwn = "[AspNetUserStore]";

    /// <inheritdoc cref="IdentitysOwn"/>
    private const string RecoveryCodes = "RecoveryCodes";

    private readonly IDataProtector _seal = protection.CreateProtector("TaxiCredit.Accounts.Authenticator");

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _seal.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } sealedKey ? _seal.Unprotect(sealedKey) : null;

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(BearerTokens.HashOf), cancellationToken);

    /// <summary>Not by Identity's own, which stores what is left by <see cref="ReplaceCodesAsync"/>: hashed a second time, no code would fit any more.</summary>
    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var hash = BearerTokens.HashOf(code);
        var left = (await GetTokenAsync(user, IdentitysOwn, RecoveryCodes, cancellationToken) ?? "").Split(';');
        if (!left.Contains(hash))
            return false;

        await base.ReplaceCodesAsync(user, left.Where(one => one != hash), cancellationToken);
        return true;
    }
}
