using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person ends their own sessions, or an admin anybody's.</summary>
/// <param name="Id">The session; null for all of <paramref name="Name"/>'s but <paramref name="But"/>.</param>
internal sealed record EndSessions(string Actor, string Name, Guid? Id, Guid? But = null)
{
    private static readonly OperationRule Rule = new("end-sessions", Permission.EndSessions);

    public static async Task<Refusal?> HandleAsync(EndSessions command, OperationContext context, Sessions sessions, CancellationToken stop)
    {
        var ended = await context.RunAsync<string>(Rule, command.Actor, command.Name, async _ =>
        {
            if (command.Id is not { } id)
                await sessions.EndAllAsync(command.Name, command.But, stop);
            // The id of somebody else's session ends nothing.
            else if (await context.Db.Set<Session>().AnyAsync(s => s.Id == id && s.Name == command.Name, stop))
                await sessions.EndAsync(id, stop);
            return Done.With(command.Name, command.Name);
        }, stop);
        return ended.Refusal;
    }
}
