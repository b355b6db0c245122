using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>How far a person's permission reaches among drivers.</summary>
internal static class Reach
{
    /// <summary>Drivers whose data this person may touch so.</summary>
    /// <param name="today">A leader reaches those who belong to the team on that day.</param>
    public static IQueryable<Driver> Among(this Person person, DispatchContext db, DateOnly today, Permission permission)
    {
        var (drivers, members) = (db.Set<Driver>(), db.Set<Membership>().HoldingOn(today).Where(m => m.TeamId == person.TeamId));
        return Permissions.Of(person.Role, permission) switch
        {
            Whose.All => drivers,
            Whose.Team => drivers.Where(d => members.Any(m => m.DriverId == d.Id)),
            Whose.Own => drivers.Where(d => d.Id == person.DriverId),
            _ => drivers.Where(_ => false),
        };
    }
}
