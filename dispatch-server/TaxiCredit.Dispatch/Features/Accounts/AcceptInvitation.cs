using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>The invited person sets a password. Whatever opened the account before, passkeys, second factor, sessions, opens it no more.</summary>
internal sealed record AcceptInvitation(string Secret, string? Password)
{
    /// <summary>The open invitation behind a link.</summary>
    public static async Task<Outcome<Invitation>> FindAsync(string secret, OperationContext context, CancellationToken stop)
    {
        var hash = BearerTokens.HashOf(secret);
        var invitation = await context.Db.Set<Invitation>().SingleOrDefaultAsync(i => i.Sha256 == hash, stop);
        if (invitation is null || invitation.AcceptedAt is not null)
            return new Refusal(StatusCodes.Status410Gone, "invitation-unknown", "This invitation was used already, was replaced by a newer one, or never existed. Ask the bureau for another.");
        return context.Now < invitation.ExpiresAt
            ? invitation
            : new Refusal(StatusCodes.Status410Gone, "invitation-expired", "This invitation has expired. Ask the bureau for another; nothing else is lost.");
    }

    public static async Task<Outcome<Account>> HandleAsync(AcceptInvitation command, OperationContext context, UserManager<Account> accounts, Sessions sessions, CancellationToken stop)
    {
        await using var write = await context.Db.BeginWriteAsync(stop);
        var found = await FindAsync(command.Secret, context, stop);
        if (found.Refusal is not null)
            return found.Refusal;

        var invitation = found.Value;
        if (Passwords.Check(invitation.Name, command.Password) is { } weak)
            return weak;

        var account = await accounts.FindByNameAsync(invitation.Name) ?? new Account { UserName = invitation.Name };
        account.Number = invitation.Number ?? account.Number;
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        account.TwoFactorEnabled = false;
        account.CodeStep = null;
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, command.Password!);
        var stored = account.Id == 0 ? await accounts.CreateAsync(account) : await accounts.UpdateSecurityStampAsync(account);
        if (!stored.Succeeded)
            throw new InvalidOperationException($"The account was not stored: {string.Join(", ", stored.Errors.Select(e => e.Description))}");

        await context.Db.Set<IdentityUserToken<int>>().Where(t => t.UserId == account.Id).ExecuteDeleteAsync(stop);
        await context.Db.Set<IdentityUserPasskey<int>>().Where(p => p.UserId == account.Id).ExecuteDeleteAsync(stop);
        await sessions.EndAllAsync(invitation.Name, null, stop);
        invitation.AcceptedAt = context.Now;
        context.Record(invitation.Name, "accept-invitation", invitation.Name, $"by {invitation.By}");
        await write.SaveAsync(stop);
        return account;
    }
}
