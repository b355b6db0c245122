using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>An admin creates an API token.</summary>
/// <param name="Name">What it is for, 1 to 64 characters; no other token, revoked or not, is called so: the audit log names it by this.</param>
/// <param name="Scopes">Names of what it may do; at least one.</param>
internal sealed record MakeToken(Acting Actor, string? Name, IReadOnlyCollection<string>? Scopes)
{
    private static readonly OperationRule Rule = new("make-token", Permission.ManageTokens);

    /// <returns>The token; it cannot be read again.</returns>
    public static Task<Outcome<string>> HandleAsync(MakeToken command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<string>(Rule, command.Actor, null, command.Check, _ => command.StoreAsync(context, stop), stop);

    /// <summary>As above, for who is at the server's own command line and needs no permission.</summary>
    /// <param name="by">Name in the audit log.</param>
    public static async Task<Outcome<string>> HandleAsync(MakeToken command, string by, OperationContext context, CancellationToken stop) =>
        command.Check() is { } refused
            ? refused
            : await context.RunWithoutPermissionAsync<string>(Rule.Name, by, () => command.StoreAsync(context, stop), stop);

    private Refusal? Check()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 64)
            return Refusal.Malformed("token-name-length", "Say what the token is for, in 1 to 64 characters.");
        return Operations.Scopes.Read(Scopes).Refusal;
    }

    private async Task<Outcome<Done<string>>> StoreAsync(OperationContext context, CancellationToken stop)
    {
        var name = Name!.Trim();
        if (await context.Db.ApiTokens.AnyAsync(t => t.Name == name, stop))
            return Refusal.Conflict("token-name-taken", $"There is a token '{name}', or was; the audit log could not tell them apart.");

        var scopes = Operations.Scopes.Read(Scopes).Value;
        return Done.With(await BearerTokens.CreateAsync(context.Db, name, scopes, context.Now, stop), name, Operations.Scopes.Join(scopes));
    }
}

/// <summary>An admin revokes a token; the next request that bears it is refused.</summary>
internal sealed record RevokeToken(Acting Actor, int Id)
{
    private static readonly OperationRule Rule = new("revoke-token", Permission.ManageTokens) { WantsProof = true };

    public static Task<Outcome<ApiToken>> HandleAsync(RevokeToken command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<ApiToken>(Rule, command.Actor, null, async _ =>
        {
            if (await context.Db.ApiTokens.SingleOrDefaultAsync(t => t.Id == command.Id, stop) is not { } token)
                return Refusal.Missing("token-unknown", $"There is no token {command.Id}.");

            token.RevokedAt ??= context.Now;
            return Done.With(token, token.Name);
        }, stop);
}
