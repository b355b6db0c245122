using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>An admin makes a bearer token for a machine.</summary>
/// <param name="Name">What it is for, 1 to 64 characters.</param>
internal sealed record MakeToken(string Actor, string? Name)
{
    /// <returns>The token, told this once.</returns>
    public static async Task<Outcome<string>> HandleAsync(MakeToken command, OperationContext context, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.ManageTokens, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;
        if (string.IsNullOrWhiteSpace(command.Name) || command.Name.Length > 64)
            return Refusal.Malformed("token-name-length", "Say what the token is for, in 1 to 64 characters.");

        await using var write = await context.Db.BeginWriteAsync(stop);
        context.Record(command.Actor, "make-token", command.Name);
        var token = await BearerTokens.CreateAsync(context.Db, command.Name, context.Now, stop);
        await write.SaveAsync(stop);
        return token;
    }
}

/// <summary>A token is revoked; the next request that bears it is refused.</summary>
internal sealed record RevokeToken(string Actor, int Id)
{
    public static async Task<Outcome<ApiToken>> HandleAsync(RevokeToken command, OperationContext context, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.ManageTokens, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        if (await context.Db.ApiTokens.SingleOrDefaultAsync(t => t.Id == command.Id, stop) is not { } token)
            return Refusal.Missing("token-unknown", $"There is no token {command.Id}.");

        token.RevokedAt ??= context.Now;
        context.Record(command.Actor, "revoke-token", token.Name);
        await write.SaveAsync(stop);
        return token;
    }
}
