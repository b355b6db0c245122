using Microsoft.EntityFrameworkCore;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Demo;

/// <summary>An account for everybody in the synthetic city, without a password: the sign-in page of the demo has a button for each.</summary>
internal static class DemoAccounts
{
    public static async Task MakeAsync(DispatchContext db, CancellationToken stop)
    {
        await using var write = await db.BeginWriteAsync(stop);
        // A city that an earlier version has played lacks whoever came to the bureau since.
        var there = await db.Actors.Select(a => a.Name).ToListAsync(stop);
        db.Actors.AddRange(DemoActors.All.Where(actor => !there.Contains(actor.Name)));
        await db.SaveChangesAsync(stop);
        var names = await db.Actors.Select(a => a.Name).Concat(db.Drivers.Select(d => d.Code))
            .Where(name => !db.Set<Account>().Any(a => a.UserName == name)).ToListAsync(stop);
        db.AddRange(names.Select(name => new Account { UserName = name, NormalizedUserName = name.ToUpperInvariant(), IsDemo = true, LockoutEnabled = true }));
        await write.SaveAsync(stop);
    }
}
