using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// The bureau's own directory, by OpenID Connect: configured under <c>Directory</c> (<c>Authority</c>, <c>ClientId</c>, <c>ClientSecret</c>,
/// <c>NameClaim</c>). It authenticates people at the bureau, with their second factor; a person it names must be an actor here.
/// </summary>
internal static partial class BureauDirectory
{
    public const string SchemeName = "Directory";
    private const string Section = "Directory";
    private const string UsualNameClaim = "preferred_username";

    /// <summary>The directory cannot be reached, or the sign-in there was cancelled, was refused, or timed out.</summary>
    public static Refusal Failed => Refusal.Forbidden(
        "directory-failed", "The directory did not sign you in. Try again, or sign in with number and password; if it goes on, tell an admin.");

    private static Refusal Unknown =>
        Refusal.Forbidden("directory-unknown", "The directory knows you, but the bureau has nobody of that name; ask an admin.");

    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[$"{Section}:Authority"]);

    /// <summary>Every setting that it reads.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [$"{Section}:Authority", $"{Section}:ClientId", $"{Section}:ClientSecret", $"{Section}:NameClaim"];

    /// <exception cref="InvalidDataException">An authority is configured without a client id.</exception>
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
            directory.Events.OnRemoteFailure = failed =>
            {
                LogFailure(failed.HttpContext, failed.Failure);
                failed.Response.Redirect(Refused(Failed));
                failed.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Sends the browser to the directory; if that cannot be reached, back to the sign-in page, which says so.</summary>
    /// <param name="again">The directory is to ask, although it knows the person already.</param>
    public static async Task ChallengeAsync(HttpContext http, string done, bool again)
    {
        try
        {
            var properties = new OpenIdConnectChallengeProperties { RedirectUri = done };
            if (again)
                (properties.Prompt, properties.MaxAge) = (OpenIdConnectPrompt.Login, TimeSpan.Zero);
            await http.ChallengeAsync(SchemeName, properties);
        }
        catch (InvalidOperationException gone) when (gone.InnerException is IOException or HttpRequestException)
        {
            LogFailure(http, gone);
            http.Response.Redirect(Refused(Failed));
        }
    }

    /// <summary>The sign-in page, with the reason why the directory did not sign the person in.</summary>
    public static string Refused(Refusal refusal) => $"/sign-in?refused={refusal.Code}";

    /// <summary>What <see cref="Refused"/> put into the address.</summary>
    public static Refusal? Told(string? code) => code is null ? null : Array.Find([Failed, Unknown, SignIn.Closed], refusal => refusal.Code == code);

    /// <summary>The person whom the directory has just named, if that is an actor whose account is not closed.</summary>
    public static async Task<Outcome<Person>> FindAsync(ClaimsPrincipal? named, OperationContext context, CancellationToken stop)
    {
        var name = named?.Identity?.Name ?? "";
        var person = await context.People.FindAsync(name, context.Db, stop);
        if (person is null || person.DriverId is not null)
            return Unknown;
        return person.IsClosed ? SignIn.Closed : person;
    }

    private static void LogFailure(HttpContext http, Exception? failure) =>
        LogFailure(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BureauDirectory)), failure);

    [LoggerMessage(3501, LogLevel.Warning, "Sign-in through the directory failed")]
    private static partial void LogFailure(ILogger log, Exception? failure);
}
