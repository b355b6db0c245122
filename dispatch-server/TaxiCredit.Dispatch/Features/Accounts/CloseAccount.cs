using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>An admin closes an account, which ends its sessions, or opens it again.</summary>
internal sealed record CloseAccount(Acting Actor, string Name, bool Closes)
{
    private static readonly OperationRule CloseRule = new("close-account", Permission.ManageAccounts) { WantsProof = true };
    private static readonly OperationRule OpenRule = new("open-account", Permission.ManageAccounts);

    public static Task<Outcome<Account>> HandleAsync(CloseAccount command, OperationContext context, Sessions sessions, CancellationToken stop)
    {
        return context.RunAsync<Account>(command.Closes ? CloseRule : OpenRule, command.Actor, null, Check, _ => ChangeAsync(), stop);

        Refusal? Check() => command.Actor.Name == command.Name
            ? Refusal.AgainstRule("account-own", "You cannot close your own account; another admin can.")
            : null;

        async Task<Outcome<Done<Account>>> ChangeAsync()
        {
            if (await context.Db.Set<Account>().SingleOrDefaultAsync(a => a.UserName == command.Name, stop) is not { } account)
                return Refusal.Missing("account-unknown", $"'{command.Name}' has no account.");

            if (command.Closes && await Admins.IsLastAsync(command.Name, context.Db, stop))
                return Refusal.Conflict("last-admin", $"'{command.Name}' is the last admin whose account is open; invite another one first.");

            account.LockoutEnd = command.Closes ? Account.Never : null;
            if (command.Closes)
                await sessions.EndAllAsync(command.Name, null, stop);
            return Done.With(account, command.Name);
        }
    }
}
