using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Somebody who can act: a person at the bureau, or a driver under the driver's public code.</summary>
/// <param name="Name">Name of the actor, <c>officer-chen</c>, or code of the driver, <c>d-0001</c>; signatures and the audit log carry it.</param>
/// <param name="Role">A driver who leads a team now is its <see cref="Role.Leader"/>.</param>
/// <param name="DriverId">Null for a person at the bureau.</param>
/// <param name="TeamId">Team that a leader leads, or through whose cab a driver belongs to it; null for a person at the bureau.</param>
internal sealed record Person(string Name, Role Role, int? DriverId = null, int? TeamId = null)
{
    /// <summary>Whoever goes by that name; null if nobody does, or both an actor and a driver do, so that neither acts for the other.</summary>
    public static async Task<Person?> FindAsync(string name, DispatchContext db, CancellationToken stop)
    {
        var actor = await db.Actors.Where(a => a.Name == name)
            .Select(a => new { a.Role, IsDriver = db.Drivers.Any(d => d.Code == name) }).SingleOrDefaultAsync(stop);
        if (actor is not null)
            return actor.IsDriver ? null : new Person(name, actor.Role);

        var driver = await db.Drivers.Where(d => d.Code == name).Select(d => new
        {
            d.Id,
            d.HomeCab.TeamId,
            Leads = db.Leaderships.Where(l => l.DriverId == d.Id && l.RemovedOn == null).OrderByDescending(l => l.Id).Select(l => (int?)l.TeamId).FirstOrDefault(),
        }).SingleOrDefaultAsync(stop);
        return driver is null ? null : new Person(name, driver.Leads is null ? Role.Driver : Role.Leader, driver.Id, driver.Leads ?? driver.TeamId);
    }

    /// <summary>Whether this person may do this with somebody's data at all.</summary>
    public bool May(Permission permission) => Permissions.Of(Role, permission) != Whose.None;

    /// <summary>Whether this person may do this with everybody's data.</summary>
    public bool MayWithAll(Permission permission) => Permissions.Of(Role, permission) == Whose.All;

    /// <summary>Whether this person may do this with the data of a driver.</summary>
    /// <param name="driver">With the home cab, through which the driver belongs to a team.</param>
    public bool May(Permission permission, Driver driver) => Reaches(Permissions.Of(Role, permission), driver.Id, driver.HomeCab.TeamId);

    /// <summary>The same by the driver's code; a driver who does not exist is within reach of those alone who reach everybody.</summary>
    public async Task<bool> MayAsync(Permission permission, string? driver, DispatchContext db, CancellationToken stop)
    {
        var whose = Permissions.Of(Role, permission);
        if (whose is Whose.None or Whose.All || driver is null)
            return whose == Whose.All;

        var subject = await db.Drivers.Where(d => d.Code == driver).Select(d => new { d.Id, d.HomeCab.TeamId }).SingleOrDefaultAsync(stop);
        return subject is not null && Reaches(whose, subject.Id, subject.TeamId);
    }

    /// <summary>Drivers whose data this person may touch so.</summary>
    public IQueryable<Driver> Among(IQueryable<Driver> drivers, Permission permission) => Permissions.Of(Role, permission) switch
    {
        Whose.All => drivers,
        Whose.Team => drivers.Where(d => d.HomeCab.TeamId == TeamId),
        Whose.Own => drivers.Where(d => d.Id == DriverId),
        _ => drivers.Where(_ => false),
    };

    private bool Reaches(Whose whose, int driverId, int teamId) => whose switch
    {
        Whose.All => true,
        Whose.Team => teamId == TeamId,
        Whose.Own => driverId == DriverId,
        _ => false,
    };
}
