using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Actors of the bureau and drivers of the roster, as operations ask for them. Thread-safe.</summary>
internal sealed class People : IPeople
{
    public async Task<Person?> FindAsync(string name, DispatchContext db, CancellationToken stop)
    {
        // The upper-case name is the one with an index.
        var upperName = name.ToUpperInvariant();
        var closed = db.Set<Account>().Where(a => a.NormalizedUserName == upperName && a.UserName == name && a.LockoutEnd == Account.Never);
        var actor = await db.Actors.Where(a => a.Name == name)
            .Select(a => new { a.Role, IsDriver = db.Set<Driver>().Any(d => d.Code == name), IsClosed = closed.Any() }).SingleOrDefaultAsync(stop);
        if (actor is not null)
            return actor.IsDriver ? null : new Person(name, actor.Role, IsClosed: actor.IsClosed);

        var driver = await db.Drivers.Where(d => d.Code == name).Select(d => new
        {
            d.Id,
            d.HomeCab.TeamId,
            Leads = db.Set<Leadership>().Where(l => l.DriverId == d.Id && l.RemovedOn == null).OrderByDescending(l => l.Id)
                .Select(l => (int?)l.TeamId).FirstOrDefault(),
            IsClosed = closed.Any(),
        }).SingleOrDefaultAsync(stop);
        return driver is null
            ? null
            : new Person(name, driver.Leads is null ? Role.Driver : Role.Leader, driver.Id, driver.Leads ?? driver.TeamId, driver.IsClosed);
    }

    public Task<PlaceOfDriver?> PlaceAsync(string driver, DispatchContext db, CancellationToken stop) =>
        db.Drivers.Where(d => d.Code == driver).Select(d => new PlaceOfDriver(d.Id, d.HomeCab.TeamId)).SingleOrDefaultAsync(stop);

    public Task<bool> IsActorAsync(string name, DispatchContext db, CancellationToken stop) => db.Actors.AnyAsync(a => a.Name == name, stop);
}
