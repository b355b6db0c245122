using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person who is signed in has shown more than a password again. No permission covers it: the caller has checked what was shown.</summary>
/// <param name="Means">What was shown, for the audit log, as in <see cref="BeginSession"/>.</param>
internal sealed record ProveAgain(string Name, Guid Session, string Means)
{
    public static Task HandleAsync(ProveAgain command, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<string>("prove-again", command.Name, async () =>
        {
            var now = context.Now;
            await context.Db.Set<Session>().Where(s => s.Id == command.Session && s.Name == command.Name)
                .ExecuteUpdateAsync(row => row.SetProperty(s => s.ProvenAt, now), stop);
            return Done.With(command.Name, command.Name, command.Means);
        }, stop);
}
