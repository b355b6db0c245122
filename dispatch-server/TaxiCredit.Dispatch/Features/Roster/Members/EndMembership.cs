using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>
/// A driver leaves. The file stays, and what is open goes on through the desk; from that day on the driver signs in and signs on no more, no windscreen shows
/// the driver's stars, and months that begin later are closed without the driver.
/// </summary>
/// <param name="Reason">Why, 1 to 200 characters.</param>
/// <param name="On">First day on which the driver no longer belongs, in the bounds of <see cref="MoveDriver"/>; null for today.</param>
internal sealed record EndMembership(Acting Actor, string Reason, DateOnly? On = null)
{
    public const string Audited = "end-membership";

    private static readonly OperationRule Rule = new(Audited, Permission.EditRoster);

    public static Task<Outcome<Membership>> HandleAsync(
        string code, EndMembership command, OperationContext context, IClosedMonths months, CancellationToken stop) =>
        context.RunAsync<Membership>(Rule, command.Actor, null, () => MembershipRules.CheckReason(command.Reason), async _ =>
        {
            var found = await MembershipRules.LastAsync(code, context, stop);
            if (found.Refusal is not null)
                return found.Refusal;
            var (last, on) = (found.Value, command.On ?? context.Today);
            if (MembershipRules.FindFault(last, context) is { } fault)
                return fault;
            if (await MembershipRules.FindLeadAsync(last, context, stop) is { } leads)
                return leads;
            if (await MembershipRules.FindFaultAsync(on, last.JoinedOn.AddDays(1), context, months, stop) is { } unfit)
                return unfit;
            if (await MembershipRules.FindShiftAsync(last, on, context, stop) is { } driven)
                return driven;

            last.LeftOn = on;
            List<IFact> facts = [new MembershipChanged(last.CabId)];
            if (on <= context.Today && await ShiftRules.OpenOfDriverAsync(last.DriverId, context.Db, stop) is { } open)
            {
                ShiftRules.End(open, context);
                facts.Add(new ShiftChanged(open.CabId));
            }

            return Done.With(
                last, last.Driver.Code, string.Create(CultureInfo.InvariantCulture, $"{last.Team.Code} on {on:yyyy-MM-dd}: {command.Reason.Trim()}"), facts);
        }, stop);
}

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
        context.RunAsync<Membership>(Rule, command.Actor, null, () => MembershipRules.CheckReason(command.Reason), async _ =>
        {
            var found = await MembershipRules.LastAsync(code, context, stop);
            if (found.Refusal is not null)
                return found.Refusal;
            var (last, on) = (found.Value, command.On ?? context.Today);
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
            var next = new Membership { DriverId = last.DriverId, TeamId = cab.TeamId, CabId = cab.Id, JoinedOn = on }.WithNews();
            context.Db.Memberships.Add(next);
            if (on <= context.Today)
                last.Driver.HomeCabId = cab.Id;
            return Done.With(
                next, last.Driver.Code,
                string.Create(CultureInfo.InvariantCulture, $"{team.Code} {cab.Code} on {on:yyyy-MM-dd}: {command.Reason.Trim()}"),
                new MembershipChanged(last.CabId, cab.Id));
        }, stop);
}
