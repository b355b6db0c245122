using System.Globalization;
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
        MembershipRules.ChangeAsync(Rule, command.Actor, code, command.Reason, command.On, context, async (last, on) =>
        {
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
