using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>A driver's time in a team, for those who read the register.</summary>
/// <param name="JoinedOn">First day; null where nobody wrote it down.</param>
/// <param name="LeftOn">First day on which it is over; null while no end is known.</param>
internal sealed record MembershipLine(string Team, string TeamName, string Cab, string Plate, DateOnly? JoinedOn, DateOnly? LeftOn)
{
    public static MembershipLine Of(Membership m) => new(
        m.Team.Code, m.Team.Name, m.Cab.Code, m.Cab.Plate, m.JoinedOn == Membership.Always ? null : m.JoinedOn, m.LeftOn);

    /// <summary>Of a driver, the newest first; empty for a driver who is not there.</summary>
    public static async Task<List<MembershipLine>> OfAsync(string driver, DispatchContext db, CancellationToken stop)
    {
        var memberships = await db.Memberships.AsNoTracking().Include(m => m.Team).Include(m => m.Cab)
            .Where(m => m.Driver.Code == driver).OrderByDescending(m => m.JoinedOn).ToListAsync(stop);
        return memberships.ConvertAll(Of);
    }
}

/// <summary>A change of a driver's membership or name as the audit log has kept it.</summary>
internal sealed record MembershipChange(string Operation, string Detail, string By, DateTimeOffset At)
{
    private static readonly string[] Operations =
        [MoveDriver.Audited, EndMembership.Audited, RenewMembership.Audited, UndoMembership.Audited, RenameDriver.Audited];

    /// <summary>Days for which the driver's own page tells of a change; from when it is known, if it lies ahead.</summary>
    public const int ToldFor = 30;

    /// <summary>Where a driver goes, or has gone lately; null where nothing has changed.</summary>
    public static Task<Membership?> NewestAsync(int driverId, OperationContext context, CancellationToken stop)
    {
        var (since, memberships) = (context.Today.AddDays(-ToldFor), context.Db.Set<Membership>());
        return memberships.AsNoTracking().Include(m => m.Team).Include(m => m.Cab)
            .Where(m => m.DriverId == driverId && m.JoinedOn >= since && memberships.Any(other => other.DriverId == driverId && other.JoinedOn < m.JoinedOn))
            .OrderByDescending(m => m.JoinedOn).FirstOrDefaultAsync(stop);
    }

    /// <summary>Of a driver, the newest first.</summary>
    public static Task<List<MembershipChange>> OfAsync(string driver, OperationContext context, CancellationToken stop) =>
        context.Db.Audit.AsNoTracking().Where(a => a.Subject == driver && Operations.Contains(a.Operation))
            .OrderByDescending(a => a.Id).Select(a => new MembershipChange(a.Operation, a.Detail, a.Actor, a.At)).ToListAsync(stop);
}
