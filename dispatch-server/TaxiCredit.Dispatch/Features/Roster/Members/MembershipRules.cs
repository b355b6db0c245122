using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>Where a driver belongs has changed. Of its cabs it may be another whether they are the home of one driver alone.</summary>
internal sealed record MembershipChanged(params IReadOnlyList<int> CabIds) : IFact;

/// <summary>What moving, leaving, coming back and undoing have in common.</summary>
internal static class MembershipRules
{
    public const int MaxReason = 200;

    /// <summary>Days from today on which a change may be dated ahead.</summary>
    public const int MaxAhead = 366;

    public static Refusal? CheckReason(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason
        ? Refusal.Malformed("membership-reason", $"Say in 1 to {MaxReason} characters why; it stays on record.")
        : null;

    /// <summary>What changes a driver's last membership, from a day on and with a reason.</summary>
    /// <param name="on">Null for today.</param>
    /// <param name="decide">Under the lock, with the last membership and the day.</param>
    public static Task<Outcome<Membership>> ChangeAsync(
        OperationRule rule, Acting actor, string driver, string reason, DateOnly? on, OperationContext context,
        Func<Membership, DateOnly, Task<Outcome<Done<Membership>>>> decide, CancellationToken stop) =>
        context.RunAsync<Membership>(rule, actor, null, () => CheckReason(reason), async _ =>
        {
            var last = await LastAsync(driver, context, stop);
            return last.Refusal is not null ? last.Refusal : await decide(last.Value, on ?? context.Today);
        }, stop);

    /// <summary>The next membership after the last. From today on, or before, its cab is the driver's home.</summary>
    public static Membership Join(Membership last, Cab cab, DateOnly on, OperationContext context)
    {
        var next = new Membership { DriverId = last.DriverId, TeamId = cab.TeamId, CabId = cab.Id, JoinedOn = on }.WithNews();
        context.Db.Memberships.Add(next);
        if (on <= context.Today)
            last.Driver.HomeCabId = cab.Id;
        return next;
    }

    /// <summary>A driver's last membership, which may be over or lie ahead.</summary>
    public static async Task<Outcome<Membership>> LastAsync(string driver, OperationContext context, CancellationToken stop) =>
        await context.Db.Memberships.Include(m => m.Driver).Include(m => m.Team).Include(m => m.Cab)
            .Where(m => m.Driver.Code == driver).OrderByDescending(m => m.JoinedOn).FirstOrDefaultAsync(stop) is { } last
            ? last
            : RosterRules.NoDriver(driver);

    /// <summary>Why this last membership cannot be followed by anything, or ended; null if it can: it holds today and has no end.</summary>
    public static Refusal? FindFault(Membership last, OperationContext context)
    {
        if (last.JoinedOn > context.Today || last.LeftOn > context.Today)
        {
            return Refusal.Conflict(
                "membership-planned",
                $"A change of {last.Driver.Code} is dated {(last.LeftOn > context.Today ? last.LeftOn : last.JoinedOn):yyyy-MM-dd} already; undo it first.");
        }

        return last.LeftOn is null ? null : RosterRules.Left(last.Driver.Code);
    }

    /// <summary>Why a change cannot be dated so; null if it can.</summary>
    /// <param name="earliest">First day that the memberships before leave free.</param>
    public static async Task<Refusal?> FindFaultAsync(DateOnly on, DateOnly earliest, OperationContext context, IClosedMonths months, CancellationToken stop)
    {
        // One that is being closed counts too: people have signed, or are about to sign, what was true of it.
        if (await months.BegunThroughAsync(context.Db, stop) is { } closed && on <= closed)
        {
            return Refusal.AgainstRule(
                "membership-closed", $"Everything up to {closed:yyyy-MM-dd} is closed, or being closed, with the teams as they were; take a later day.");
        }

        var latest = context.Today.AddDays(MaxAhead);
        return on < earliest || on > latest
            ? Refusal.AgainstRule("membership-day", $"The day is from {earliest:yyyy-MM-dd}, after the change before, to {latest:yyyy-MM-dd}.")
            : null;
    }

    /// <summary>A team is not left without the leader that it has.</summary>
    public static async Task<Refusal?> FindLeadAsync(Membership last, OperationContext context, CancellationToken stop) =>
        await context.Db.Leaderships.AnyAsync(l => l.DriverId == last.DriverId && l.TeamId == last.TeamId && l.RemovedOn == null, stop)
            ? Refusal.Conflict("leads-team", $"{last.Driver.Code} leads {last.Team.Code}; appoint another leader, or remove this one, first.")
            : null;

    /// <summary>What a driver drove stays on record: nobody was off the register while on shift.</summary>
    public static async Task<Refusal?> FindShiftAsync(Membership last, DateOnly from, OperationContext context, CancellationToken stop) =>
        await Driven(last.DriverId, from, context).MaxAsync(s => (DateOnly?)(s.OnDay >= from ? s.OnDay : from), stop) is { } driven
            ? Refusal.Conflict(
                "membership-shifts", $"{last.Driver.Code} was on shift on {driven:yyyy-MM-dd}; take a later day, or correct that shift first.")
            : null;

    /// <summary>Shifts that began on or after a day, or went on beyond it: one that ends in the night of the day is of the day before.</summary>
    private static IQueryable<Shift> Driven(int driverId, DateOnly from, OperationContext context)
    {
        var today = context.Today;
        return context.Db.Shifts.Where(s => s.DriverId == driverId && (s.OnDay >= from || (s.OffDay == null ? today : s.OffDay) > from));
    }
}
