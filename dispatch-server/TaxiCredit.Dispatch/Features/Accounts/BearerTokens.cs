using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Authenticates <c>Authorization: Bearer</c>. The token's hash is looked up; a token is never logged and never accepted in a URL.</summary>
internal sealed class BearerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, DispatchContext db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>Creates a token and stores its hash; the value cannot be read again.</summary>
    public static async Task<string> CreateAsync(
        DispatchContext db, string name, IEnumerable<Scope> scopes, DateTimeOffset now, CancellationToken stop)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        db.ApiTokens.Add(new ApiToken { Name = name, Scopes = Scopes.Join(scopes), Sha256 = HashOf(token), CreatedAt = now });
        await db.SaveChangesAsync(stop);
        return token;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var hash = HashOf(header["Bearer ".Length..].Trim());
        var token = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Sha256 == hash && t.RevokedAt == null, Context.RequestAborted);
        if (token is null)
            return AuthenticateResult.Fail("The bearer token is unknown or revoked.");

        var grant = ApiGrant.Of(token.Name, token.Scopes);
        var named = Request.Headers[TokenRules.Header];
        new Acting(named.Count == 0 ? grant.Actor : named.ToString().Trim()) { Token = grant }.CarryOn(Context);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, grant.Actor)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return new Refusal(StatusCodes.Status401Unauthorized, "token-required",
                $"Send a valid token as 'Authorization: Bearer …', or, signed in at this browser, the header '{ApiCallers.SessionHeader}: 1'.")
            .ToProblem().ExecuteAsync(Context);
    }

    /// <summary>SHA-256 in 64 lower-case hex digits, for secrets that no dictionary holds.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
