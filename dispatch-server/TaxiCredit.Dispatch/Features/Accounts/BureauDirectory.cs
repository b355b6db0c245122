using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// The bureau's own directory, by OpenID Connect: configured under <c>Directory</c> (<c>Authority</c>, <c>ClientId</c>, <c>ClientSecret</c>,
/// <c>NameClaim</c>). It vouches for people at the bureau, and for their second factor; whom it names must be an actor here.
/// </summary>
internal static class BureauDirectory
{
    public const string SchemeName = "Directory";
    private const string Section = "Directory";
    private const string UsualNameClaim = "preferred_username";

    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[$"{Section}:Authority"]);

    /// <exception cref="InvalidDataException">An authority without the client's id.</exception>
    public static void Add(AuthenticationBuilder authentication, IConfiguration configuration)
    {
        if (!IsConfigured(configuration))
            return;
        var section = configuration.GetSection(Section);
        if (string.IsNullOrEmpty(section["ClientId"]))
            throw new InvalidDataException($"{Section}:Authority takes {Section}:ClientId too.");

        authentication.AddOpenIdConnect(SchemeName, directory =>
        {
            directory.Authority = section["Authority"];
            directory.ClientId = section["ClientId"];
            directory.ClientSecret = section["ClientSecret"];
            directory.RequireHttpsMetadata = !new Uri(section["Authority"]!).IsLoopback;
            directory.CallbackPath = "/sign-in/directory/callback";
            directory.SignInScheme = IdentityConstants.ExternalScheme;
            directory.MapInboundClaims = false;
            // A query, not a form posted from elsewhere: the cookies of the round trip can then stay SameSite=Lax.
            directory.ResponseType = OpenIdConnectResponseType.Code;
            directory.ResponseMode = OpenIdConnectResponseMode.Query;
            directory.CorrelationCookie.SameSite = directory.NonceCookie.SameSite = SameSiteMode.Lax;
            directory.CorrelationCookie.SecurePolicy = directory.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            directory.TokenValidationParameters.NameClaimType = section["NameClaim"] ?? UsualNameClaim;
        });
    }

    /// <summary>Whom the directory has just named, if that is an actor whose account is not closed.</summary>
    public static async Task<Outcome<Person>> FindAsync(ClaimsPrincipal? named, Desk desk, CancellationToken stop)
    {
        var name = named?.Identity?.Name ?? "";
        var person = await Person.FindAsync(name, desk.Db, stop);
        if (person is null || person.DriverId is not null)
            return Refusal.Forbidden("directory-unknown", "The directory knows you, but the bureau has nobody of that name; ask an admin.");
        return await desk.Db.Set<Account>().SingleOrDefaultAsync(a => a.UserName == name, stop) is { IsClosed: true } closed ? SignIn.Locked(closed) : person;
    }
}
