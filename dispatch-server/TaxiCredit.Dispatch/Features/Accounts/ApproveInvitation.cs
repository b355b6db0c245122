using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// A second person agrees that somebody who has an account sets a new password by a link. Whoever invited does not, and neither does whoever is invited:
/// that is the one who may have lost the account.
/// </summary>
/// <param name="Name">Of the invited person.</param>
internal sealed record ApproveInvitation(Acting Actor, string Name)
{
    private static readonly OperationRule Rule = new("approve-invitation", Permission.ApproveInvitation);

    public static Task<Outcome<Invitation>> HandleAsync(ApproveInvitation command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Invitation>(Rule, command.Actor, null, async person =>
        {
            if (await Waiting(context.Db, context.Now).SingleOrDefaultAsync(i => i.Name == command.Name, stop) is not { } invitation)
                return Refusal.Missing("approval-unknown", $"No invitation of '{command.Name}' waits for a second person.");
            if (invitation.By == person.Name || invitation.Name == person.Name)
                return Refusal.AgainstRule("approval-own", "Somebody else agrees: neither who invited nor who is invited.");

            invitation.ApprovedBy = person.Name;
            return Done.With(invitation, invitation.Name, $"by {invitation.By}");
        }, stop);

    /// <summary>Invitations that wait for a second person.</summary>
    public static IQueryable<Invitation> Waiting(DispatchContext db, DateTimeOffset now) =>
        db.Set<Invitation>().Where(i => i.WantsApproval && i.ApprovedBy == null && i.AcceptedAt == null && i.ExpiresAt > now);
}
