using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// Who may call the API: a machine with its token, or a person with the session of their browser. A session counts only where the request has a header
/// that no form and no link can send, and that a script of another site may not: a page elsewhere cannot act, or be seen to read, in somebody's name.
/// </summary>
internal static class ApiCallers
{
    public const string SchemeName = "Api";

    /// <summary>Any value.</summary>
    public const string SessionHeader = "By-Session";

    public static void Add(AuthenticationBuilder authentication) => authentication.AddPolicyScheme(SchemeName, null, callers =>
    {
        callers.ForwardDefaultSelector = http =>
            http.Request.Headers.Authorization.Count == 0 && http.Request.Headers.ContainsKey(SessionHeader)
                ? IdentityConstants.ApplicationScheme
                : BearerTokens.SchemeName;
        // Not to the page for signing in: whoever calls the API gets problem details.
        callers.ForwardChallenge = callers.ForwardForbid = BearerTokens.SchemeName;
    });
}
