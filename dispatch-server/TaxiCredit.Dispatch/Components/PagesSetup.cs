using Microsoft.AspNetCore.Components.Endpoints;

namespace TaxiCredit.Dispatch.Components;

/// <summary>What the pages need of the host.</summary>
internal static class PagesSetup
{
    /// <summary>Where a page that is missing is drawn; see <see cref="NotFoundPage"/>.</summary>
    public const string NotFound = "/not-found";

    /// <summary>No script, style, font or picture but our own, nothing inline, in nobody's frame. 'self' covers the live page's web socket.</summary>
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/openapi"),
            pages => pages.UseStatusCodePagesWithReExecute(NotFound, createScopeForStatusCodePages: true));
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        // The policy above says who may frame a page; the framework's own header would repeat it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(live => live.ContentSecurityFrameAncestorsPolicy = null);
    }
}
