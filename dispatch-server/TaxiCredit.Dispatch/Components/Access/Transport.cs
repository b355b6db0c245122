using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>
/// HTTPS outside loopback, and how often an address may try to sign in. The server listens on loopback only: a client that uses another name
/// comes through a proxy on this machine, which says by <c>X-Forwarded-Proto</c> and <c>X-Forwarded-For</c> how and from where.
/// </summary>
internal static class Transport
{
    public const string SignInLimit = "sign-in";

    private const string PerMinuteKey = "SignIn:PerMinute";

    /// <summary>Posts to the pages of signing in, an address (of IPv6 its first 64 bits) and minute; <see cref="PerMinuteKey"/> sets another number.</summary>
    private const int UsualPerMinute = 20;

    public static void AddTransport(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ForwardedHeadersOptions>(proxy => proxy.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.AddHttpsRedirection(https => (https.HttpsPort, https.RedirectStatusCode) = (443, StatusCodes.Status308PermanentRedirect));
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        KnownSettings.Of(services).Add(PerMinuteKey);
        var perMinute = configuration.GetValue(PerMinuteKey, UsualPerMinute);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(SignInLimit, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    CallerAddress.Of(context),
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    /// <summary>Must run before anything that looks at the scheme.</summary>
    public static void UseTransport(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseWhen(context => !IsLoopback(context.Request.Host.Host), outside => outside.UseHsts().UseHttpsRedirection());
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
