using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Somebody comes to the bureau, from the server's command line: whoever is there needs no permission.</summary>
/// <param name="By">The system's user, for the audit log.</param>
internal sealed partial record AddActor(string Name, Role Role, string By)
{
    public string Name { get; init; } = Spelling.Code(Name);

    public static Task<Outcome<Actor>> HandleAsync(AddActor command, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<Actor>("add-actor", command.By, async () =>
        {
            if (FindFault(command.Name, command.Role) is { } fault)
                return fault;
            if (await context.Db.Actors.AnyAsync(a => a.Name == command.Name, stop) || await context.Db.Drivers.AnyAsync(d => d.Code == command.Name, stop))
                return Refusal.Conflict("actor-exists", $"'{command.Name}' acts at the bureau already, or is the code of a driver.");

            var actor = new Actor { Name = command.Name, Role = command.Role };
            context.Db.Actors.Add(actor);
            return Done.With(actor, actor.Name, $"{actor.Role}");
        }, stop);

    /// <summary>What is wrong with the name or role of somebody new.</summary>
    public static Refusal? FindFault(string name, Role? role)
    {
        if (!FormOfName().IsMatch(name))
            return Spelling.Refuse("a name", name) ?? Refusal.Malformed("actor-name-form", "A name has 2 to 32 characters of a-z, 0-9 and '-': zhang-wei.");
        return role is Role.Officer or Role.Supervisor or Role.Auditor or Role.Admin
            ? null
            : Refusal.Missing(
                "person-unknown", $"Nobody is named '{name}': give somebody new at the bureau a role, and add a driver to the roster first.");
    }

    [GeneratedRegex("^[a-z0-9-]{2,32}$")]
    private static partial Regex FormOfName();
}
