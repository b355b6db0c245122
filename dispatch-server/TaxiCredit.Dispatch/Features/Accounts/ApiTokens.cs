using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>An admin creates an API token.</summary>
/// <param name="Name">What it is for, 1 to 64 characters.</param>
internal sealed record MakeToken(string Actor, string? Name)
{
    private static readonly OperationRule Rule = new("make-token", Permission.ManageTokens);

    /// <returns>The token; it cannot be read again.</returns>
    public static Task<Outcome<string>> HandleAsync(MakeToken command, OperationContext context, CancellationToken stop)
    {
        return context.RunAsync<string>(Rule, command.Actor, null, Check, async _ =>
            Done.With(await BearerTokens.CreateAsync(context.Db, command.Name!, context.Now, stop), command.Name!), stop);

        Refusal? Check() => string.IsNullOrWhiteSpace(command.Name) || command.Name.Length > 64
            ? Refusal.Malformed("token-name-length", "Say what the token is for, in 1 to 64 characters.")
            : null;
    }
}

/// <summary>An admin revokes a token; the next request that bears it is refused.</summary>
internal sealed record RevokeToken(string Actor, int Id)
{
    private static readonly OperationRule Rule = new("revoke-token", Permission.ManageTokens);

    public static Task<Outcome<ApiToken>> HandleAsync(RevokeToken command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<ApiToken>(Rule, command.Actor, null, async _ =>
        {
            if (await context.Db.ApiTokens.SingleOrDefaultAsync(t => t.Id == command.Id, stop) is not { } token)
                return Refusal.Missing("token-unknown", $"There is no token {command.Id}.");

            token.RevokedAt ??= context.Now;
            return Done.With(token, token.Name);
        }, stop);
}
