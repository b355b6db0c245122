using System.Globalization;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>
/// Carries out a register that was sent: each change by the operation that a person at the bureau has for it, with its own audit line, all of them or none.
/// Who moves or comes back does so today, who leaves tomorrow, so that nobody is taken off a shift.
/// </summary>
/// <param name="Digest">Of the changes that were seen, see <see cref="RegisterPlan.Digest"/>.</param>
/// <param name="Reason">Why, 1 to 200 characters; it stands beside each change.</param>
/// <param name="Leavers">How many leave, said by a person where so many do that the file may have been cut; null where nobody was asked.</param>
internal sealed record ApplyRegister(Acting Actor, string Id, RegisterChoice Choice, string Digest, string Reason, int? Leavers = null)
{
    /// <summary>Name of the fact in a refusal that tells which driver, cab or team it is about.</summary>
    public const string SubjectFact = "subject";

    private static readonly OperationRule Rule = new("apply-register", Permission.EditRoster);

    public static async Task<Outcome<RegisterPlan>> HandleAsync(
        ApplyRegister command, OperationContext context, IClosedMonths months, RegisterFolder folder, CancellationToken stop)
    {
        var applied = await context.RunAsync<RegisterPlan>(Rule, command.Actor, null, () => MembershipRules.CheckReason(command.Reason), async _ =>
        {
            var read = await ReadRegister.ReadAsync(command.Id, command.Choice, context, folder, stop);
            if (read.Refusal is not null)
                return read.Refusal;
            var (sent, plan) = (read.Value.Sent, read.Value.Plan);
            if (FindFault(command, plan) is { } fault)
                return fault;
            foreach (var change in plan.Changes)
            {
                if (await CarryOutAsync(change, command, context, months, stop) is { } refused)
                {
                    var facts = new Dictionary<string, object?>(refused.Facts ?? new Dictionary<string, object?>()) { [SubjectFact] = change.Subject };
                    return refused with { Detail = $"{change.Subject}: {refused.Detail}", Facts = facts };
                }

                // Saved; what is still tracked would be looked through again with every change after it.
                context.Db.ChangeTracker.Clear();
            }

            var told = string.Join(", ", plan.Changes.CountBy(change => change.Kind).Select(kind => $"{kind.Value} {NameOf(kind.Key)}"));
            return Done.With(plan, sent.Id, $"{sent.Name}: {told}");
        }, stop);
        if (applied.Refusal is null)
            folder.Delete(command.Id);
        return applied;
    }

    private static Refusal? FindFault(ApplyRegister command, RegisterPlan plan)
    {
        if (plan.Faults.Count > 0)
            return Refusal.AgainstRule("register-faults", $"{plan.Faults.Count} faults keep the register from being carried out; mend them and send it again.");
        if (plan.Changes.Count == 0)
            return Refusal.Conflict("register-same", "The register says what the city has already; there is nothing to carry out.");
        if (plan.Digest != command.Digest)
            return Refusal.Conflict("register-changed", "The city has changed since this register was shown; look at what it would change now.");
        return plan.IsHeld && command.Leavers != plan.Leavers
            ? Refusal.AgainstRule("register-leavers", string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Leavers} of {plan.OnRegister} drivers would leave; if the file is whole, say their number. Otherwise send the whole file."))
            : null;
    }

    private static async Task<Refusal?> CarryOutAsync(
        RegisterChange change, ApplyRegister command, OperationContext context, IClosedMonths months, CancellationToken stop)
    {
        var (actor, reason) = (command.Actor, command.Reason);
        return change.Kind switch
        {
            RegisterChangeKind.AddTeam => (await AddTeam.HandleAsync(new(actor, change.Subject, change.After), context, stop)).Refusal,
            RegisterChangeKind.AddCab => (await AddCab.HandleAsync(new(actor, change.Subject, change.After, change.Within), context, stop)).Refusal,
            RegisterChangeKind.ChangePlate => (await ChangePlate.HandleAsync(change.Subject, new(actor, change.After, reason), context, stop)).Refusal,
            RegisterChangeKind.AddDriver => (await AddDriver.HandleAsync(new(actor, change.Subject, change.After, change.Within), context, stop)).Refusal,
            RegisterChangeKind.Move => (await MoveDriver.HandleAsync(change.Subject, new(actor, change.After, reason), context, months, stop)).Refusal,
            RegisterChangeKind.Return => (await RenewMembership.HandleAsync(change.Subject, new(actor, change.After, reason), context, months, stop)).Refusal,
            RegisterChangeKind.Leave => (await EndMembership.HandleAsync(
                change.Subject, new(actor, reason, context.Today.AddDays(1)), context, months, stop)).Refusal,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null),
        };
    }

    /// <summary>The operation as the audit log calls it.</summary>
    private static string NameOf(RegisterChangeKind kind) => kind switch
    {
        RegisterChangeKind.ChangePlate => ChangePlate.Audited,
        RegisterChangeKind.Move => MoveDriver.Audited,
        RegisterChangeKind.Return => RenewMembership.Audited,
        RegisterChangeKind.Leave => EndMembership.Audited,
        _ => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()),
    };
}
