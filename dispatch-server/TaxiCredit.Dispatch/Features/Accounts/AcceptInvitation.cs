using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// The invited person sets a password. Passkeys, second factor and sessions from before are revoked. No permission covers this operation: the
/// secret in the link is the proof.
/// </summary>
internal sealed record AcceptInvitation(string Secret, string? Password)
{
    /// <summary>The open invitation behind a link.</summary>
    public static async Task<Outcome<Invitation>> FindAsync(string secret, OperationContext context, CancellationToken stop)
    {
        var hash = BearerTokens.HashOf(secret);
        var invitation = await context.Db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Sha256 == hash, stop);
        if (invitation is null || invitation.AcceptedAt is not null)
        {
            return new Refusal(
                StatusCodes.Status410Gone, "invitation-unknown",
                "This invitation was used already, was replaced by a newer one, or never existed. Ask the bureau for another.");
        }

        if (context.Now >= invitation.ExpiresAt)
        {
            return new Refusal(
                StatusCodes.Status410Gone, "invitation-expired", "This invitation has expired. Ask the bureau for another; nothing else is lost.");
        }

        return invitation is { WantsApproval: true, ApprovedBy: null }
            ? Refusal.Conflict("invitation-unapproved", "A second person at the bureau must agree before the invitation sets a new password.")
            : invitation;
    }

    public static async Task<Outcome<Account>> HandleAsync(
        AcceptInvitation command, OperationContext context, UserManager<Account> accounts, Sessions sessions, CancellationToken stop)
    {
        var shown = await FindAsync(command.Secret, context, stop);
        if ((shown.Refusal ?? Passwords.Check(shown.Value.Name, command.Password)) is { } refused)
            return refused;

        return await context.RunWithoutPermissionAsync<Account>("accept-invitation", shown.Value.Name, async () =>
        {
            // Another browser may have used it in the meantime.
            var found = await FindAsync(command.Secret, context, stop);
            return found.Refusal is not null ? found.Refusal : await AcceptAsync(found.Value, command.Password!, context, accounts, sessions, stop);
        }, stop);
    }

    private static async Task<Outcome<Done<Account>>> AcceptAsync(
        Invitation invitation, string password, OperationContext context, UserManager<Account> accounts, Sessions sessions, CancellationToken stop)
    {
        var account = await accounts.FindByNameAsync(invitation.Name) ?? new Account { UserName = invitation.Name };
        account.Number = Account.Normalize(invitation.Number) ?? account.Number;
        account.LockoutEnd = null;
        (account.CodeFailures, account.CodeNotBefore) = (0, null);
        account.TwoFactorEnabled = false;
        account.CodeStep = null;
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        var stored = account.Id == 0 ? await accounts.CreateAsync(account) : await accounts.UpdateSecurityStampAsync(account);
        if (!stored.Succeeded)
            throw new InvalidOperationException($"The account was not stored: {string.Join(", ", stored.Errors.Select(e => e.Description))}");

        context.Db.RemoveRange(await context.Db.Set<IdentityUserToken<int>>().Where(t => t.UserId == account.Id).ToListAsync(stop));
        context.Db.RemoveRange(await context.Db.Set<IdentityUserPasskey<int>>().Where(p => p.UserId == account.Id).ToListAsync(stop));
        await sessions.EndAllAsync(invitation.Name, null, stop);
        (await context.Db.Set<Invitation>().SingleAsync(i => i.Id == invitation.Id, stop)).AcceptedAt = context.Now;
        return Done.With(account, invitation.Name, invitation.ApprovedBy is { } second ? $"by {invitation.By} and {second}" : $"by {invitation.By}");
    }
}
