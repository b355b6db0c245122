using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>Finds out who calls, and keeps from a page whom it does not admit.</summary>
internal static class Admission
{
    public const string SignInPage = "/sign-in";

    /// <summary>Goes after routing and authentication.</summary>
    public static void UseAdmission(this WebApplication app) => app.Use(async (context, next) =>
    {
        var caller = context.RequestServices.GetRequiredService<Caller>();
        var endpoint = context.GetEndpoint()?.Metadata;
        if (context.User.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme && endpoint?.GetMetadata<StaticAssetDescriptor>() is null)
            await FindAsync(context, caller);
        // Who looks at a page too, for the record.
        caller.Acting?.CarryOn(context);

        if (endpoint?.GetMetadata<EndpointRight>() is not null && Acting.Of(context) is null)
            await context.ChallengeAsync(ApiCallers.SchemeName);
        else if (endpoint?.GetMetadata<RequirePermissionAttribute>() is not { } page || caller.Current is { } person && page.Admits(person))
            await next(context);
        else if (caller.Current is null)
            context.Response.Redirect($"{SignInPage}?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
    });

    /// <summary>A form that was drawn for another session, or before the keys changed, gets a page that says so. Goes after the antiforgery check.</summary>
    public static void UseStaleForms(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Items[typeof(IAntiforgeryValidationFeature)] = true;
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        return Task.CompletedTask;
    });

    public static bool IsStaleForm(this HttpContext context) => context.Items.ContainsKey(typeof(IAntiforgeryValidationFeature));

    private static async Task FindAsync(HttpContext context, Caller caller)
    {
        var session = await context.RequestServices.GetRequiredService<Sessions>().FindAsync(context.User, context.RequestAborted);
        var (people, db) = (context.RequestServices.GetRequiredService<IPeople>(), context.RequestServices.GetRequiredService<DispatchContext>());
        var person = session is null ? null : await people.FindAsync(session.Name, db, context.RequestAborted);
        if (person is { IsAdmitted: true })
        {
            caller.Set(person, session!);
            return;
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
