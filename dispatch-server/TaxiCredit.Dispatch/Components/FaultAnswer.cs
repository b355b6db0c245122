using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components;

/// <summary>The page shown instead of one that failed, in the reader's language.</summary>
internal static class FaultAnswer
{
    /// <summary>The id of a request, the same in log, page and problem details.</summary>
    public static string TraceOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <summary>The API and the other addresses for programs get problem details; everything else is a page.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/openapi")
        && !request.Path.StartsWithSegments("/healthz") && !request.Path.StartsWithSegments("/readyz") && !request.Path.StartsWithSegments("/livez");

    /// <summary>Answers with the page. Nothing may have been sent yet.</summary>
    /// <param name="refused">Why the request was refused; null for a fault of the server.</param>
    public static async Task WriteAsync(HttpContext context, Refusal? refused, CancellationToken stop)
    {
        var typed = await TypedText.OfAsync(context.Request, stop);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = await Languages.Languages.OfAsync(context);
        // A scope of its own: that of the request holds what failed.
        await using var scope = context.RequestServices.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(FaultPage.Refused)] = refused is null ? null : scope.ServiceProvider.GetRequiredService<Parts.Words>().Of(refused),
            [nameof(FaultPage.Typed)] = typed,
            [nameof(FaultPage.Asked)] = Again(context.AskedFor()),
            [nameof(FaultPage.Trace)] = TraceOf(context),
        });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<FaultPage>(parameters)).ToHtmlString());

        context.Response.StatusCode = refused?.Status ?? StatusCodes.Status500InternalServerError;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        PagesSetup.Secure(context.Response.Headers);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, stop);
    }

    /// <summary>Address for another try: the requested one, unless it only takes posts or leads to another server.</summary>
    private static string Again(string asked) => asked is "/sign-out" || !RedirectHttpResult.IsLocalUrl(asked) ? "/" : asked;
}
