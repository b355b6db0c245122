using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>A person signs the figures of a preview. It takes an officer and a supervisor, so that no two of one kind are enough.</summary>
/// <param name="Actor">Officer or supervisor who signs; each signs once, and for each role one.</param>
/// <param name="Digest">The digest of the preview that was looked at; refused if the figures have changed since.</param>
internal sealed record SignMonth(Acting Actor, string Digest)
{
    private static readonly OperationRule Rule = new("sign-month", Permission.SignMonth) { WantsProof = true };

    public static Task<Outcome<Close>> HandleAsync(string period, SignMonth command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Close>(Rule, command.Actor, null, person => SignAsync(period, command, person, context, stop), stop);

    private static async Task<Outcome<Done<Close>>> SignAsync(
        string period, SignMonth command, Person person, OperationContext context, CancellationToken stop)
    {
        var found = await OpenCloses.NewestAsync(period, context.Db, stop);
        if (found.Refusal is not null)
            return found.Refusal;

        var close = found.Value;
        if (close.Signatures.Any(s => s.Actor == command.Actor.Name))
            return Refusal.Conflict("already-signed", $"'{command.Actor.Name}' has signed {period}; the second signature is another person's.");
        foreach (var signature in close.Signatures)
        {
            if (await RoleOfAsync(signature, context, stop) == person.Role)
            {
                return Refusal.Conflict(
                    "role-signed",
                    $"'{signature.Actor}' has signed {period} in the role {person.Role}; the second signature is one in the role {OtherThan(person.Role)}.");
            }
        }

        if (close.Digest != command.Digest)
        {
            return Refusal.Conflict(
                "digest-differs", $"The figures of {period} have the digest {close.Digest}, not the one that was to be signed; look at the preview again.");
        }

        if (close.Status == CloseStatus.Previewed && await PreviewChanges.RefuseAsync(close, withStored: false, context, stop) is { } outdated)
            return outdated;
        var last = close.Signatures.Count + 1 >= CloseStates.SignaturesNeeded;
        if (close.Move(last ? CloseSignal.SignLast : CloseSignal.Sign) is { } moved)
            return moved;

        close.Signatures.Add(new Signature { Actor = person.Name, Role = person.Role, At = context.Now });
        return Done.With(close, period, $"revision {close.Revision} digest {close.Digest}");
    }

    private static Role OtherThan(Role role) => role == Role.Officer ? Role.Supervisor : Role.Officer;

    /// <summary>Of a signature from before roles were stored, today's.</summary>
    private static async Task<Role?> RoleOfAsync(Signature signature, OperationContext context, CancellationToken stop) =>
        signature.Role ?? (await context.People.FindAsync(signature.Actor, context.Db, stop))?.Role;
}

internal static class OpenCloses
{
    /// <summary>
    /// The newest close of a month, published or not, that stands for itself; a close that a revision includes is acted on through that one.
    /// </summary>
    public static async Task<Outcome<Close>> NewestAsync(string period, DispatchContext db, CancellationToken stop)
    {
        var close = await db.Closes.Include(c => c.Signatures)
            .Where(c => c.Period == period).OrderByDescending(c => c.Revision).FirstOrDefaultAsync(stop);
        if (close is null)
            return Refusal.Missing("month-not-previewed", $"{period} has not been previewed; POST /api/v1/months/{period}/preview.");
        if (close.LedById is not { } leaderId || close.Status == CloseStatus.Published)
            return close;

        var leader = await db.Closes.Where(c => c.Id == leaderId).Select(c => c.Period).SingleAsync(stop);
        return Refusal.Conflict("close-follows", $"{period}, revision {close.Revision}, follows the revision of {leader}; sign and publish that one.");
    }
}
