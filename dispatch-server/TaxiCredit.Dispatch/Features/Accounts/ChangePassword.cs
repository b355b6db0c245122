using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>A person sets another password and so ends the other sessions.</summary>
/// <param name="Here">The session that stays.</param>
internal sealed record ChangePassword(string Actor, string? Old, string? New, Guid? Here)
{
    public static async Task<Refusal?> HandleAsync(ChangePassword command, OperationContext context, UserManager<Account> accounts, Sessions sessions, CancellationToken stop)
    {
        var known = await SignIn.HandleAsync(new(command.Actor, command.Old), context, accounts, stop);
        if ((known.Refusal ?? Passwords.Check(command.Actor, command.New)) is { } refused)
            return refused;

        await using var write = await context.Db.BeginWriteAsync(stop);
        known.Value.PasswordHash = accounts.PasswordHasher.HashPassword(known.Value, command.New!);
        await accounts.UpdateSecurityStampAsync(known.Value);
        await sessions.EndAllAsync(command.Actor, command.Here, stop);
        context.Record(command.Actor, "change-password", command.Actor);
        await write.SaveAsync(stop);
        return null;
    }
}
