using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>
/// HTTPS outside loopback, and how often an address may try to sign in. A client from elsewhere comes through a proxy on this machine, or one that
/// <see cref="FrontSettings"/> name, which says by <c>X-Forwarded-Proto</c> and <c>X-Forwarded-For</c> how and from where.
/// </summary>
internal static class Transport
{
    public const string SignInLimit = "sign-in";

    private const string PerMinuteKey = "SignIn:PerMinute";

    /// <summary>Posts to the pages of signing in, an address (of IPv6 its first 64 bits) and minute; <see cref="PerMinuteKey"/> sets another number.</summary>
    private const int UsualPerMinute = 20;

    public static void AddTransport(this IServiceCollection services, IConfiguration configuration)
    {
        var front = FrontSettings.Read(configuration);
        KnownSettings.Of(services).Add(FrontSettings.Section, typeof(FrontSettings));
        services.AddSingleton(front);
        services.Configure<ForwardedHeadersOptions>(proxy =>
        {
            (proxy.ForwardedHeaders, proxy.ForwardLimit) = (ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, front.Hops);
            foreach (var network in front.Networks)
                proxy.KnownIPNetworks.Add(network);
        });
        services.AddHttpsRedirection(https => (https.HttpsPort, https.RedirectStatusCode) = (443, StatusCodes.Status308PermanentRedirect));
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        KnownSettings.Of(services).Add(PerMinuteKey);
        var perMinute = configuration.GetValue(PerMinuteKey, UsualPerMinute);
        services.AddSingleton(new RateLimit(SignInLimit, context => RateLimit.Sent(context, CallerAddress.Of(context), perMinute, TimeSpan.FromMinutes(1))));
    }

    /// <summary>Must run before anything that looks at the scheme.</summary>
    public static void UseTransport(this WebApplication app)
    {
        var front = app.Services.GetRequiredService<FrontSettings>();
        app.Use((context, next) => front.IsTrusted(context.Connection.RemoteIpAddress) ? next(context) : RefuseAsync(context));
        app.UseForwardedHeaders();
        app.UseWhen(context => !IsLocal(context), outside => outside.UseHsts().UseHttpsRedirection());
    }

    /// <summary>Nothing is read of it: what it says of itself would be believed by nobody.</summary>
    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "This server answers its proxy alone. Ask at the city's own address; whoever runs it names proxies in the setting Http:Proxies.\n",
            context.RequestAborted);
    }

    /// <summary>Asked by a name of this machine and from this machine: a proxy that hides the name asked for does not make a client a local one.</summary>
    private static bool IsLocal(HttpContext context) =>
        IsLoopback(context.Request.Host.Host) && context.Connection.RemoteIpAddress is var address && (address is null || IPAddress.IsLoopback(address));

    private static bool IsLoopback(string host) =>
        host == "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
