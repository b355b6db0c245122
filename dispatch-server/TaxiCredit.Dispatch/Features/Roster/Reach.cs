using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>How far a person's permission reaches among drivers.</summary>
internal static class Reach
{
    /// <summary>Drivers whose data this person may touch so.</summary>
    public static IQueryable<Driver> Among(this Person person, IQueryable<Driver> drivers, Permission permission) =>
        Permissions.Of(person.Role, permission) switch
        {
            Whose.All => drivers,
            Whose.Team => drivers.Where(d => d.HomeCab.TeamId == person.TeamId),
            Whose.Own => drivers.Where(d => d.Id == person.DriverId),
            _ => drivers.Where(_ => false),
        };
}
