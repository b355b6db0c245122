using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

/// <summary>A driver as the roster names them.</summary>
internal sealed record NamedDriver(string Code, string Name);

/// <summary>
/// A driver's name is put right, or has changed. The driver stays who they were: file, code and account hang on the code, and no close reads a name. The
/// audit log has the reason and neither name, for it can never be erased.
/// </summary>
/// <param name="Name">As on the papers, 1 to 64 characters.</param>
/// <param name="Reason">Why, 1 to 200 characters.</param>
internal sealed record RenameDriver(Acting Actor, string Name, string Reason)
{
    public const string Audited = "rename-driver";

    private static readonly OperationRule Rule = new(Audited, Permission.EditRoster);

    public static Task<Outcome<NamedDriver>> HandleAsync(string code, RenameDriver command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<NamedDriver>(
            Rule, command.Actor, null, () => RosterRules.CheckName(command.Name) ?? MembershipRules.CheckReason(command.Reason), async _ =>
            {
                if (await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == code, stop) is not { } driver)
                    return RosterRules.NoDriver(code);
                var name = command.Name.Trim();
                if (name == driver.Name)
                    return Refusal.Conflict("name-same", $"{code} has this name already.");
                driver.Name = name;
                return Done.With(new NamedDriver(driver.Code, name), driver.Code, command.Reason.Trim());
            }, stop);
}
