using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// Invites a person to set a password, with a link that is valid once; nobody can register themselves. A person who has an account and is invited
/// again sets a new password: this is how a lost password or authenticator is replaced, once a second person agrees (<see cref="ApproveInvitation"/>).
/// </summary>
/// <param name="Name">A driver's code, or the name of a person at the bureau, who is added to the actors if new.</param>
/// <param name="Role">Of somebody new at the bureau: officer, supervisor, auditor or admin; null for a person who is known.</param>
/// <param name="Number">Employee or licence number, 1 to 32 characters, to sign in with, as an alternative to the name.</param>
internal sealed record Invite(string Actor, string? Name, Role? Role, string? Number)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    private static readonly OperationRule DriverRule = new("invite", Permission.InviteDriver);
    private static readonly OperationRule ActorRule = new("invite", Permission.ManageAccounts);

    /// <returns>The secret part of the link; it cannot be read again.</returns>
    public static async Task<Outcome<string>> HandleAsync(Invite command, OperationContext context, CancellationToken stop)
    {
        var name = Spelling.Code(command.Name) ?? "";
        var isDriver = await context.Db.Drivers.AnyAsync(d => d.Code == name, stop);
        return await context.RunAsync<string>(isDriver ? DriverRule : ActorRule, command.Actor, null, async _ =>
        {
            var number = Account.Normalize(command.Number);
            if (await CheckAsync(name, number, context.Db, stop) is { } fault)
                return fault;
            if (!isDriver && await AddActorAsync(name, command.Role, context.Db, stop) is { } unknown)
                return unknown;

            var isKnown = await context.Db.Set<Account>().AnyAsync(a => a.UserName == name, stop);
            var secret = await StoreAsync(name, number, command.Actor, isKnown, GoodFor, context, stop);
            return Done.With(secret, name, command.Role?.ToString() ?? "");
        }, stop);
    }

    /// <summary>Stores an invitation, which replaces those that are still open.</summary>
    public static async Task<string> StoreAsync(
        string name, string? number, string by, bool wantsApproval, TimeSpan goodFor, OperationContext context, CancellationToken stop)
    {
        context.Db.RemoveRange(await context.Db.Set<Invitation>().Where(i => i.Name == name && i.AcceptedAt == null).ToListAsync(stop));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        context.Db.Add(new Invitation
        {
            Name = name, Number = number, Sha256 = BearerTokens.HashOf(secret), By = by, ExpiresAt = context.Now + goodFor, WantsApproval = wantsApproval,
        });
        return secret;
    }

    private static async Task<Refusal?> CheckAsync(string name, string? number, DispatchContext db, CancellationToken stop)
    {
        if (number is { Length: > 32 })
            return Refusal.Malformed("number-length", "A number has at most 32 characters.");
        if (Spelling.Refuse("a number", number) is { } unfit)
            return unfit;
        var own = name.ToUpperInvariant();
        if (number is null)
            return null;
        return await db.Set<Account>().AnyAsync(a => a.NormalizedUserName != own && (a.Number == number || a.NormalizedUserName == number), stop)
            ? Refusal.Conflict("number-taken", $"Somebody else signs in by '{number}'.")
            : null;
    }

    private static async Task<Refusal?> AddActorAsync(string name, Role? role, DispatchContext db, CancellationToken stop)
    {
        if (await db.Actors.AnyAsync(a => a.Name == name, stop))
            return null;
        if (AddActor.FindFault(name, role) is { } fault)
            return fault;

        db.Actors.Add(new Actor { Name = name, Role = role!.Value });
        return null;
    }
}
