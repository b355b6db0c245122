using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// What happened to an account between two sign-ins of its owner, who is told at the second: attempts that failed, and what others did to it. It is read
/// from the audit log, so that nobody can take it away.
/// </summary>
/// <param name="Operation">Its name in the audit log.</param>
/// <param name="Last">The newest of them.</param>
internal sealed record SignInNews(string Operation, int Count, DateTimeOffset Last)
{
    private static readonly string[] Told =
    [
        "sign-in-failed", "second-factor-failed", "invite", "approve-invitation", "reset-admin", "accept-invitation", "close-account", "open-account",
        "end-sessions", "add-passkey", "remove-passkey", "renew-recovery-codes", "change-password",
    ];

    /// <summary>What a sign-in that is finished writes into its audit line; one that lacks the second factor is not.</summary>
    private static readonly string[] Finished = ["second factor", "passkey", "directory", "demo"];

    /// <summary>The audit line of the newest finished sign-in; 0 for none.</summary>
    public static async Task<long> LastSignInAsync(Person person, DispatchContext db, CancellationToken stop)
    {
        var lines = db.Audit.Where(a => a.Subject == person.Name && a.Operation == "sign-in");
        if (SecondFactor.IsRequired(person.Role))
            lines = lines.Where(a => Finished.Contains(a.Detail));
        return await lines.MaxAsync(a => (long?)a.Id, stop) ?? 0;
    }

    /// <summary>News after a line of the audit log, newest first. What the owner did by themselves is among them: it may have been another.</summary>
    public static async Task<IReadOnlyList<SignInNews>> OfAsync(
        string name, long after, DateTimeOffset until, DispatchContext db, CancellationToken stop)
    {
        if (after == 0)
            return [];
        var found = await db.Audit.Where(a => a.Subject == name && a.Id > after && a.At <= until && Told.Contains(a.Operation))
            .GroupBy(a => a.Operation).Select(group => new { group.Key, Count = group.Count(), Last = group.Max(a => a.At) }).ToListAsync(stop);
        return [.. found.Select(n => new SignInNews(n.Key, n.Count, n.Last)).OrderByDescending(n => n.Last)];
    }
}
