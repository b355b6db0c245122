using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

internal static class AccountsFeature
{
    /// <summary>The API accepts API tokens, and a person's session where the request says so, see <see cref="ApiCallers"/>.</summary>
    public static readonly AuthorizationPolicy Api = new AuthorizationPolicyBuilder(ApiCallers.SchemeName).RequireAuthenticatedUser().Build();

    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null);
        ApiCallers.Add(authentication);
        authentication.AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(SetCookie("session", Session.Idle));
            // Identity keeps a passkey's challenge in this one.
            cookies.TwoFactorUserIdCookie!.Configure(SetCookie("challenge", TimeSpan.FromMinutes(5)));
            cookies.ExternalCookie!.Configure(SetCookie("directory", TimeSpan.FromMinutes(5)));
        });
        KnownSettings.Of(services).Add(BureauDirectory.Names);
        BureauDirectory.Add(authentication, configuration);
        services.AddAuthorization();
        services.AddIdentityCore<Account>().AddUserStore<AccountStore>().AddSignInManager();
        services.Configure<IdentityPasskeyOptions>(passkeys => passkeys.UserVerificationRequirement = "required");
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The content security policy says who may frame a page.
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<IPeople, People>();
        services.AddScoped<Caller>().AddScoped<CircuitHandler, CallerOfCircuit>();
        services.AddScoped<Sessions>().AddSingleton<SignInThrottle>();
        services.AddSingleton<SeenSessions>().AddHostedService(all => all.GetRequiredService<SeenSessions>());
        services.AddSingleton<LiveCallers>().AddSingleton<LiveWatch>().AddJob(LiveWatch.Job);
        return services;
    }

    public static void MapAccounts(this RouteGroupBuilder api) =>
        api.MapGet("/actors", async (DispatchContext db, CancellationToken stop) =>
                await db.Actors.AsNoTracking().OrderBy(a => a.Name).Select(a => new ActorView(a.Name, a.Role)).ToListAsync(stop))
            .WithSummary("People who act at the bureau").WithTags("Accounts").Reads(Permission.ReadRoster);

    /// <summary>Secure if the browser came by HTTPS, which it always does outside loopback; see <c>Transport</c>.</summary>
    private static Action<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> SetCookie(string name, TimeSpan lasts) => cookie =>
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = lasts;
        // Identity would ask for the security stamp; ours is the session's row.
        cookie.Events = new();
    };

    internal sealed record ActorView(string Name, Role Role);
}
