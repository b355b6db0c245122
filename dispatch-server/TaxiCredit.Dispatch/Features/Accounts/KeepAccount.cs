using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>An admin closes an account, and so ends its sessions, or opens it again.</summary>
internal sealed record CloseAccount(string Actor, string Name, bool Closes)
{
    public static async Task<Outcome<Account>> HandleAsync(CloseAccount command, OperationContext context, Sessions sessions, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.ManageAccounts, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;
        if (command.Actor == command.Name)
            return Refusal.AgainstRule("account-own", "You cannot close your own account; another administrator must do it.");

        await using var write = await context.Db.BeginWriteAsync(stop);
        if (await context.Db.Set<Account>().SingleOrDefaultAsync(a => a.UserName == command.Name, stop) is not { } account)
            return Refusal.Missing("account-unknown", $"'{command.Name}' has no account.");

        account.LockoutEnd = command.Closes ? Account.Never : null;
        account.AccessFailedCount = 0;
        if (command.Closes)
            await sessions.EndAllAsync(command.Name, null, stop);
        context.Record(command.Actor, command.Closes ? "close-account" : "open-account", command.Name);
        await write.SaveAsync(stop);
        return account;
    }
}

/// <summary>Sessions are ended: one's own, or by an admin anybody's.</summary>
/// <param name="Id">The session; null for all of <paramref name="Name"/>'s but <paramref name="But"/>.</param>
internal sealed record EndSessions(string Actor, string Name, Guid? Id, Guid? But = null)
{
    public static async Task<Refusal?> HandleAsync(EndSessions command, OperationContext context, Sessions sessions, CancellationToken stop)
    {
        if (command.Actor != command.Name && (await context.MayAsync(command.Actor, Permission.EndSessions, null, stop)).Refusal is { } refused)
            return refused;

        await using var write = await context.Db.BeginWriteAsync(stop);
        // A session of somebody else is none that this may end.
        if (command.Id is { } id)
        {
            if (await context.Db.Set<Session>().AnyAsync(s => s.Id == id && s.Name == command.Name, stop))
                await sessions.EndAsync(id, stop);
        }
        else
        {
            await sessions.EndAllAsync(command.Name, command.But, stop);
        }

        context.Record(command.Actor, "end-sessions", command.Name);
        await write.SaveAsync(stop);
        return null;
    }
}
