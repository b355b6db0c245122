using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace TaxiCredit.Dispatch.Components;

/// <summary>What the pages need of the host.</summary>
internal static class PagesSetup
{
    /// <summary>What is drawn in the place of a page that there is not; see <see cref="NoAnswerPage"/>.</summary>
    private const string NoAnswer = "/no-answer";

    /// <summary>No script, style, font or picture but our own, nothing inline, in nobody's frame. 'self' covers the live page's web socket.</summary>
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static void AddPages(this IServiceCollection services, DispatchOptions options)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddSingleton(new DemoMode(options.Command == "demo"));
        services.AddScoped<Wall.DemoDesk>();
    }

    /// <summary>Headers of every answer, and of pages. Goes before whatever may answer.</summary>
    public static void UsePageHeaders(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
                headers.ContentSecurityPolicy = ContentSecurity;
            return next();
        });
        app.UseStatusCodePagesWithReExecute(NoAnswer, createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // What asks the API gets the problem details that lie further out.
            if (context.Request.Path.StartsWithSegments("/api") && context.Features.Get<IStatusCodePagesFeature>() is { } page)
                page.Enabled = false;
            return next();
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        // The policy above says who may frame a page; the framework's own header would repeat it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(live => live.ContentSecurityFrameAncestorsPolicy = null);
    }
}
