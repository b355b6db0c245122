using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>
/// A driver's last move, leaving or coming back is taken back, as if it had not been: if it is of today or lies ahead, so that nothing rests on it. One of a
/// day that is over is followed by another change.
/// </summary>
/// <param name="Reason">Why, 1 to 200 characters.</param>
internal sealed record UndoMembership(Acting Actor, string Reason)
{
    public const string Audited = "undo-membership";

    private static readonly OperationRule Rule = new(Audited, Permission.EditRoster);

    /// <returns>The membership that holds instead.</returns>
    public static Task<Outcome<Membership>> HandleAsync(string code, UndoMembership command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Membership>(Rule, command.Actor, null, () => MembershipRules.CheckReason(command.Reason), async _ =>
        {
            var found = await MembershipRules.LastAsync(code, context, stop);
            if (found.Refusal is not null)
                return found.Refusal;
            var last = found.Value;
            var before = await context.Db.Memberships.Include(m => m.Team).Include(m => m.Cab)
                .Where(m => m.DriverId == last.DriverId && m.JoinedOn < last.JoinedOn).OrderByDescending(m => m.JoinedOn).FirstOrDefaultAsync(stop);
            if (LastChange.Of(last, before) is not { } change)
                return Refusal.Conflict("membership-first", $"{code} has been in {last.Team.Code} from the beginning; there is nothing to undo.");
            if (change.On < context.Today)
            {
                return Refusal.AgainstRule(
                    "membership-begun", $"The change of {change.On:yyyy-MM-dd} holds since, and what was done under it stays; make another change instead.");
            }

            if (change.Kind == LastChange.Return && await MembershipRules.FindShiftAsync(last, change.On, context, stop) is { } driven)
                return driven;

            var holds = await TakeBackAsync(change, last, before, context, stop);
            return Done.With(
                holds, last.Driver.Code, string.Create(CultureInfo.InvariantCulture, $"{change.Kind} on {change.On:yyyy-MM-dd}: {command.Reason.Trim()}"),
                new MembershipChanged(last.CabId, holds.CabId));
        }, stop);

    private static async Task<Membership> TakeBackAsync(
        LastChange change, Membership last, Membership? before, OperationContext context, CancellationToken stop)
    {
        if (change.Kind == LastChange.Leaving)
        {
            last.LeftOn = null;
            return last;
        }

        context.Db.Memberships.Remove(last);
        // The database keeps one open membership a driver.
        await context.Db.SaveChangesAsync(stop);
        if (change.Kind == LastChange.Move)
            before!.LeftOn = null;
        last.Driver.HomeCabId = before!.CabId;
        return before.WithNews();
    }
}

/// <summary>What last changed where a driver belongs.</summary>
/// <param name="Kind"><see cref="Move"/>, <see cref="Leaving"/> or <see cref="Return"/>.</param>
/// <param name="On">Its first day.</param>
internal sealed record LastChange(string Kind, DateOnly On)
{
    public const string Move = "move";
    public const string Leaving = "leaving";
    public const string Return = "return";

    /// <summary>Null for a driver of whom nothing has changed yet.</summary>
    public static LastChange? Of(Membership last, Membership? before) => (last.LeftOn, before) switch
    {
        ({ } left, _) => new(Leaving, left),
        (null, null) => null,
        (null, { } other) => new(other.LeftOn == last.JoinedOn ? Move : Return, last.JoinedOn),
    };
}
