using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Numbers to sign in by that were stored in another spelling than they are sought in today, see <see cref="Account.Normalize"/>.</summary>
internal static partial class AccountNumbers
{
    public static async Task RespellAsync(DispatchContext db, ILogger log, CancellationToken stop)
    {
#pragma warning disable CA1309 // The database compares, and finds by its index those that have a number.
        var numbered = db.Set<Account>().Where(a => string.Compare(a.Number, "") > 0);
#pragma warning restore CA1309
        if ((await numbered.Select(a => a.Number).ToListAsync(stop)).All(number => number == Account.Normalize(number)))
            return;
        await using var write = await db.BeginWriteAsync(stop);
        var accounts = await numbered.ToListAsync(stop);
        var taken = accounts.Where(a => a.Number == Account.Normalize(a.Number)).Select(a => a.Number).ToHashSet();
        foreach (var account in accounts.Where(a => a.Number != Account.Normalize(a.Number)).OrderBy(a => a.Id))
        {
            if (taken.Add(Account.Normalize(account.Number)))
                account.Number = Account.Normalize(account.Number);
            else
                LogTaken(log, account.UserName!);
        }

        await write.SaveAsync(stop);
    }

    [LoggerMessage(
        5006, LogLevel.Warning, "The number of {Account} is another account's in another spelling: it signs in by name until it is invited with another")]
    private static partial void LogTaken(ILogger log, string account);
}
