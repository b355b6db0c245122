using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace TaxiCredit.Dispatch.Components.Languages;

/// <summary>The languages of the pages: chosen by the browser, switched by a link, kept in a cookie. The API speaks English alone.</summary>
internal static class Languages
{
    public const string Chinese = "zh-Hans";

    public const string English = "en";

    private const string Cookie = "language";

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    private static readonly CookieRequestCultureProvider Kept = new() { CookieName = Cookie };

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<Parts.Words>().AddSingleton<Parts.UnitWords>();
    }

    /// <summary>
    /// Must run before anything that renders a page. A browser that accepts only other languages gets English; one that names none gets Chinese, the city's.
    /// </summary>
    public static void UseLanguages(this WebApplication app) => app.UseWhen(
        context => !context.Request.Path.StartsWithSegments("/api"),
        pages => pages.UseRequestLocalization(options =>
        {
            options.SetDefaultCulture(Chinese).AddSupportedCultures(Chinese, English).AddSupportedUICultures(Chinese, English);
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders = [Kept, new CustomRequestCultureProvider(AskedFor)];
        }));

    /// <summary>The language of an answer that is drawn outside of the pages' pipeline.</summary>
    public static async Task<CultureInfo> OfAsync(HttpContext context)
    {
        if (context.Features.Get<IRequestCultureFeature>() is { } found)
            return found.RequestCulture.UICulture;
        var kept = await Kept.DetermineProviderCultureResult(context) ?? await AskedFor(context);
        return CultureInfo.GetCultureInfo(kept?.UICultures.FirstOrDefault().Value == English ? English : Chinese);
    }

    /// <summary><c>/language/en?back=/months</c>: keeps the language and goes back to a page of this server.</summary>
    public static void MapLanguages(this WebApplication app) =>
        app.MapGet("/language/{name}", (string name, string? back, HttpContext context) =>
        {
            if (name is not (Chinese or English))
                return Results.NotFound();
            context.Response.Cookies.Append(Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(name)), new CookieOptions
            {
                MaxAge = KeptFor,
                HttpOnly = true,
                SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
            return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(back) ? back! : "/");
        }).ExcludeFromDescription();

    /// <summary>The first of our languages by the browser's preference, else English; any Chinese is answered in simplified characters.</summary>
    private static Task<ProviderCultureResult?> AskedFor(HttpContext context)
    {
        var languages = context.Request.GetTypedHeaders().AcceptLanguage;
        var asked = languages
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language, StringWithQualityHeaderValueComparer.QualityComparer)
            .Select(language => Primary(language.Value.Value))
            .FirstOrDefault(language => language is not null) ?? (languages.Count > 0 ? English : null);
        return Task.FromResult(asked is null ? null : new ProviderCultureResult(asked));
    }

    private static string? Primary(string? tag) => tag?.Split('-')[0].ToLower(CultureInfo.InvariantCulture) switch
    {
        "zh" => Chinese,
        "en" => English,
        _ => null,
    };
}
