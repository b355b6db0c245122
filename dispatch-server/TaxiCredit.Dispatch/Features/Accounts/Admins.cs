using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Admins who can still sign in. One always remains: nobody else could bring one back but the server's command line.</summary>
internal static class Admins
{
    /// <summary>Whether that person is an admin and no other one has an open account. Ask under the write lock.</summary>
    public static async Task<bool> IsLastAsync(string name, DispatchContext db, CancellationToken stop) =>
        await db.Actors.AnyAsync(a => a.Name == name && a.Role == Role.Admin, stop)
        && !await db.Actors.AnyAsync(
            a => a.Name != name && a.Role == Role.Admin && db.Set<Account>().Any(x => x.UserName == a.Name && x.LockoutEnd != Account.Never), stop);
}

/// <summary>
/// An admin gets in again, from the server's command line: nobody is left who could invite. Whoever is there could read and change the database anyway;
/// here it is on record.
/// </summary>
/// <param name="By">The system's user.</param>
internal sealed record ResetAdmin(string Name, string By)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    /// <returns>The secret part of the link. Accepted, it opens a closed account, and replaces password, second factor, passkeys and sessions.</returns>
    public static Task<Outcome<string>> HandleAsync(ResetAdmin command, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<string>("reset-admin", command.By, async () =>
            await context.Db.Actors.AnyAsync(a => a.Name == command.Name && a.Role == Role.Admin, stop)
                ? Done.With(await Invite.StoreAsync(command.Name, null, command.By, false, GoodFor, context, stop), command.Name)
                : Refusal.Missing("admin-unknown", $"No admin is named '{command.Name}'; 'actor --role admin' adds one."), stop);
}
