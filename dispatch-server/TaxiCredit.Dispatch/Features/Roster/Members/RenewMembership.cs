using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>
/// A driver who left comes back, to a home cab and its team. The file goes on where it was; until the next month is published the driver may have no stars.
/// </summary>
/// <param name="Cab">Code or plate of the home cab.</param>
/// <param name="Reason">Why, 1 to 200 characters.</param>
/// <param name="On">First day, from that on which the driver was gone, in the bounds of <see cref="MoveDriver"/>; null for today.</param>
internal sealed record RenewMembership(Acting Actor, string Cab, string Reason, DateOnly? On = null)
{
    public const string Audited = "renew-membership";

    private static readonly OperationRule Rule = new(Audited, Permission.EditRoster);

    public string Cab { get; init; } = Spelling.Code(Cab);

    public static Task<Outcome<Membership>> HandleAsync(
        string code, RenewMembership command, OperationContext context, IClosedMonths months, CancellationToken stop) =>
        MembershipRules.ChangeAsync(Rule, command.Actor, code, command.Reason, command.On, context, async (last, on) =>
        {
            if (MembershipRules.FindFault(last, context) is { Code: "membership-planned" } planned)
                return planned;
            if (last.LeftOn is not { } gone)
                return Refusal.Conflict("membership-holds", $"{code} has not left and belongs to {last.Team.Code}; move the driver instead.");
            var sought = await FindCab.ByAsync(command.Cab, context, stop);
            if (sought.Refusal is not null)
                return sought.Refusal;
            var cab = sought.Value;
            if (await MembershipRules.FindFaultAsync(on, gone, context, months, stop) is { } unfit)
                return unfit;

            var team = await context.Db.Teams.SingleAsync(t => t.Id == cab.TeamId, stop);
            var next = MembershipRules.Join(last, cab, on, context);
            return Done.With(
                next, last.Driver.Code,
                string.Create(CultureInfo.InvariantCulture, $"{team.Code} {cab.Code} on {on:yyyy-MM-dd}: {command.Reason.Trim()}"),
                new MembershipChanged(last.CabId, cab.Id));
        }, stop);
}
