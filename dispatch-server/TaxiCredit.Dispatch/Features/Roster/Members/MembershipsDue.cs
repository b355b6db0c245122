using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>
/// Lets changes that were dated ahead begin: gives a driver the home cab, and ends the shift of a driver who has left, so that the windscreen goes dark. Team
/// and rights need none of it: who asks for them asks for the day. Safe beside another server: each is found again under the write lock.
/// </summary>
internal static class MembershipsDue
{
    /// <summary>Who acts in the audit log.</summary>
    public const string Actor = "register";

    public static readonly Job Job = new("memberships", TimeSpan.FromMinutes(1), async (job, stop) =>
        await RunAsync(job.Services.GetRequiredService<OperationContext>(), stop));

    /// <returns>How many drivers were brought up to the day.</returns>
    public static async Task<int> RunAsync(OperationContext context, CancellationToken stop)
    {
        var begun = 0;
        foreach (var id in await Beginning(context).OrderBy(m => m.DriverId).Select(m => m.DriverId).ToListAsync(stop))
            begun += await CountAsync(BeginAsync(id, context, stop), context);
        foreach (var id in await OfLeavers(context).OrderBy(s => s.DriverId).Select(s => s.DriverId).ToListAsync(stop))
            begun += await CountAsync(EndShiftAsync(id, context, stop), context);
        return begun;
    }

    private static async Task<int> CountAsync<T>(Task<Outcome<T>> done, OperationContext context)
    {
        var isDone = (await done).Refusal is null;
        context.Db.ChangeTracker.Clear();
        return isDone ? 1 : 0;
    }

    /// <summary>Memberships that hold today and whose cab is not yet the driver's. Those of the beginning never wait.</summary>
    private static IQueryable<Membership> Beginning(OperationContext context) =>
        context.Db.Memberships.Where(m => m.JoinedOn > Membership.Always).HoldingOn(context.Today).Where(m => m.Driver.HomeCabId != m.CabId);

    private static IQueryable<Shift> OfLeavers(OperationContext context)
    {
        var (today, memberships) = (context.Today, context.Db.Set<Membership>());
        var holding = memberships.HoldingOn(today);
        return context.Db.Shifts.Where(s => s.OffAt == null
            && memberships.Any(m => m.DriverId == s.DriverId && m.LeftOn <= today) && !holding.Any(m => m.DriverId == s.DriverId));
    }

    private static Task<Outcome<Membership>> BeginAsync(int driverId, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<Membership>("begin-membership", Actor, async () =>
        {
            if (await Beginning(context).Include(m => m.Driver).Include(m => m.Cab).SingleOrDefaultAsync(m => m.DriverId == driverId, stop) is not { } due)
                return RosterRules.NoDriver($"{driverId}");
            var before = due.Driver.HomeCabId;
            due.Driver.HomeCabId = due.CabId;
            return Done.With(due, due.Driver.Code, $"home cab {due.Cab.Code}", new MembershipChanged(before, due.CabId));
        }, stop);

    private static Task<Outcome<Shift>> EndShiftAsync(int driverId, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<Shift>("end-shift-of-leaver", Actor, async () =>
        {
            if (await OfLeavers(context).Include(s => s.Driver).Include(s => s.Cab).SingleOrDefaultAsync(s => s.DriverId == driverId, stop) is not { } open)
                return RosterRules.NoDriver($"{driverId}");
            ShiftRules.End(open, context);
            return Done.With(open, open.Driver.Code, open.Cab.Code, new ShiftChanged(open.CabId));
        }, stop);
}
