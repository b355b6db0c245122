using Microsoft.AspNetCore.Diagnostics;
using Scalar.AspNetCore;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Bureau;
using TaxiCredit.Dispatch.Components.Drivers;
using TaxiCredit.Dispatch.Components.Languages;
using TaxiCredit.Dispatch.Components.Passengers;
using TaxiCredit.Dispatch.Components.Registers;

namespace TaxiCredit.Dispatch.Components;

/// <summary>What the pages need of the host.</summary>
internal static class PagesSetup
{
    /// <summary>The page shown for an address that does not exist; see <see cref="NoAnswerPage"/>.</summary>
    private const string NoAnswer = "/no-answer";

    /// <summary>No script, style, font or picture but our own, nothing inline, in nobody's frame. 'self' covers the live page's web socket.</summary>
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCompression();
        services.AddLanguages();
        services.AddSingleton(new Visitors(SeeEverything: false));
        services.AddSingleton<AuditDetails>().AddSingleton<ReportDrafts>();
        services.AddSingleton<Layout.SyntheticCity>().AddSingleton<Wall.StandingWords>();
        services.AddReports();
    }

    /// <summary>Headers of every answer, and a page instead of an empty refusal. Must run before anything that may answer.</summary>
    public static void UsePageHeaders(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseLanguages();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            Secure(headers);
            // The API's page comes from a library and has an inline script, which a nonce allows.
            context.Response.OnStarting(() =>
            {
                if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
                    headers.ContentSecurityPolicy = ApiPageSecurity(nonce);
                return Task.CompletedTask;
            });
            return next();
        });
        app.UseStatusCodePagesWithReExecute(NoAnswer, createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // The page shown instead of an answer has no form to check, whatever was sent.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                context.Request.Method = HttpMethods.Get;
            // What asks the API gets the problem details that lie further out.
            if (context.Request.Path.StartsWithSegments("/api") && context.Features.Get<IStatusCodePagesFeature>() is { } page)
                page.Enabled = false;
            return next();
        });
    }

    /// <summary>What a browser may do with any answer.</summary>
    public static void Secure(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = ContentSecurity;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapLanguages();
        app.MapReports();
        app.MapDecisions();
        app.MapBureauFiles();
        app.MapRegisterFiles();
        app.MapScalarApiReference("/api", api => api.WithTitle("TaxiCredit API").WithNonce().DisableDefaultFonts().DisableTelemetry().DisableAgent());
        app.MapStaticAssets();
        // The policy above says who may frame a page; the framework's own header would repeat it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(live => live.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static string ApiPageSecurity(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; frame-ancestors 'none'";
}
