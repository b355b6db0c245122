using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>As long as no admin has an account, each start prints an invitation for one. There is no default password.</summary>
internal static class FirstAdmin
{
    private const string Name = "admin";

    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    /// <returns>Secret of the invitation that replaces those of earlier starts; null once an admin has an account.</returns>
    public static async Task<string?> InviteAsync(OperationContext context, CancellationToken stop)
    {
        // By hand, not by RunAsync: the server itself acts, and there may be nobody yet who has a permission.
        await using var batch = await context.BeginAsync(stop);
        var admins = await context.Db.Actors.Where(a => a.Role == Role.Admin).OrderBy(a => a.Id).Select(a => a.Name).ToListAsync(stop);
        if (await context.Db.Set<Account>().AnyAsync(a => admins.Contains(a.UserName!), stop))
            return null;

        if (admins.Count == 0)
            context.Db.Actors.Add(new Actor { Name = Name, Role = Role.Admin });
        var name = admins.FirstOrDefault() ?? Name;
        var secret = await Invite.StoreAsync(name, null, "first start", false, GoodFor, context, stop);
        context.Record("first start", "invite", name, $"{Role.Admin}");
        await batch.CommitAsync(stop);
        return secret;
    }

    /// <exception cref="InvalidDataException">The database has accounts that open without a password.</exception>
    public static async Task RefuseDemoAsync(DispatchContext db, CancellationToken stop)
    {
        if (await db.Set<Account>().AnyAsync(a => a.IsDemo, stop))
        {
            throw new InvalidDataException(
                "This database has the demo's accounts, which open without a password; only the demo runs with them. Choose another folder with --data.");
        }
    }
}
