using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>Who belonged where on which day. Every list, right and rule that asks for a driver's team asks here.</summary>
internal static class MembershipQueries
{
    /// <summary>Those that hold on a day.</summary>
    public static IQueryable<Membership> HoldingOn(this IQueryable<Membership> memberships, DateOnly day) =>
        memberships.Where(m => m.JoinedOn <= day && (m.LeftOn == null || m.LeftOn > day));

    /// <summary>
    /// One for each driver: the last that had begun by a day, even if it was over by then; the first for a driver who joined later. Under it lists of a month
    /// have the driver, by the month's last day.
    /// </summary>
    public static IQueryable<Membership> AsOf(DispatchContext db, DateOnly day)
    {
        var all = db.Set<Membership>();
        return all.Where(m => m.Id == (
            all.Where(other => other.DriverId == m.DriverId && other.JoinedOn <= day)
                .OrderByDescending(other => other.JoinedOn).Select(other => (int?)other.Id).FirstOrDefault()
            ?? all.Where(other => other.DriverId == m.DriverId).OrderBy(other => other.JoinedOn).Select(other => (int?)other.Id).FirstOrDefault()));
    }

    /// <summary>Drivers on the register on a day.</summary>
    public static IQueryable<Driver> OnRegister(this IQueryable<Driver> drivers, DispatchContext db, DateOnly day)
    {
        var holding = db.Set<Membership>().HoldingOn(day);
        return drivers.Where(d => holding.Any(m => m.DriverId == d.Id));
    }

    /// <summary>Whether a driver is on the register on a day.</summary>
    public static Task<bool> IsOnRegisterAsync(this DispatchContext db, int driverId, DateOnly day, CancellationToken stop) =>
        db.Set<Membership>().HoldingOn(day).AnyAsync(m => m.DriverId == driverId, stop);
}
