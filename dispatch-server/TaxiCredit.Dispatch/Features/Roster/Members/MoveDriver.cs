using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>
/// A driver gets another home cab from a day on, and belongs to its team. File, shifts and open matters stay the driver's; months that were closed keep the
/// team of their time.
/// </summary>
/// <param name="Cab">Code or plate of the new home cab.</param>
/// <param name="Reason">Why, 1 to 200 characters.</param>
/// <param name="On">
/// First day there, after the last day that is closed and the change before, up to <see cref="MembershipRules.MaxAhead"/> days ahead; null for today.
/// </param>
internal sealed record MoveDriver(Acting Actor, string Cab, string Reason, DateOnly? On = null)
{
    public const string Audited = "move-driver";

    private static readonly OperationRule Rule = new(Audited, Permission.EditRoster);

    public string Cab { get; init; } = Spelling.Code(Cab);

    public static Task<Outcome<Membership>> HandleAsync(
        string code, MoveDriver command, OperationContext context, IClosedMonths months, CancellationToken stop) =>
        MembershipRules.ChangeAsync(Rule, command.Actor, code, command.Reason, command.On, context, async (last, on) =>
        {
            if (MembershipRules.FindFault(last, context) is { } fault)
                return fault;
            var sought = await FindCab.ByAsync(command.Cab, context, stop);
            if (sought.Refusal is not null)
                return sought.Refusal;
            var cab = sought.Value;
            if (cab.Id == last.CabId)
                return Refusal.Conflict("membership-same", $"{cab.Code} is the home cab of {code} already.");
            if (cab.TeamId != last.TeamId && await MembershipRules.FindLeadAsync(last, context, stop) is { } leads)
                return leads;
            if (await MembershipRules.FindFaultAsync(on, last.JoinedOn.AddDays(1), context, months, stop) is { } unfit)
                return unfit;

            last.LeftOn = on;
            // The database keeps one open membership a driver: the old one must have its end before the new one is there.
            await context.Db.SaveChangesAsync(stop);
            var team = await context.Db.Teams.SingleAsync(t => t.Id == cab.TeamId, stop);
            var next = MembershipRules.Join(last, cab, on, context);
            var told = string.Create(
                CultureInfo.InvariantCulture,
                $"{last.Team.Code} {last.Cab.Code} to {team.Code} {cab.Code} on {on:yyyy-MM-dd}: {command.Reason.Trim()}");
            return Done.With(next, last.Driver.Code, told, new MembershipChanged(last.CabId, cab.Id));
        }, stop);
}
