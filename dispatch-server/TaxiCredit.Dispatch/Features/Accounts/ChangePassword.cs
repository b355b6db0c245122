using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person sets another password, which ends the other sessions. No permission covers it: the old password is the proof.</summary>
/// <param name="Here">The session that stays.</param>
/// <param name="Source">As <see cref="CallerAddress"/>.</param>
internal sealed record ChangePassword(string Actor, string? Old, string? New, Guid? Here, string Source)
{
    /// <summary>Passkeys open the account without the password; whoever changes it because somebody else may know it ends them too.</summary>
    public bool RemovesPasskeys { get; init; }

    public static async Task<Refusal?> HandleAsync(
        ChangePassword command, OperationContext context, UserManager<Account> accounts, SignInThrottle throttle, Sessions sessions,
        CancellationToken stop)
    {
        var known = await SignIn.HandleAsync(new(command.Actor, command.Old, command.Source), context, accounts, throttle, stop);
        if ((known.Refusal ?? Passwords.Check(command.Actor, command.New)) is { } refused)
            return refused;

        var changed = await context.RunWithoutPermissionAsync<Account>("change-password", command.Actor, async () =>
        {
            known.Value.PasswordHash = accounts.PasswordHasher.HashPassword(known.Value, command.New!);
            await accounts.UpdateSecurityStampAsync(known.Value);
            await sessions.EndAllAsync(command.Actor, command.Here, stop);
            if (!command.RemovesPasskeys)
                return Done.With(known.Value, command.Actor);
            var passkeys = await context.Db.Set<IdentityUserPasskey<int>>().Where(p => p.UserId == known.Value.Id).ToListAsync(stop);
            context.Db.RemoveRange(passkeys);
            return Done.With(known.Value, command.Actor, $"passkeys {passkeys.Count}");
        }, stop);
        return changed.Refusal;
    }
}
