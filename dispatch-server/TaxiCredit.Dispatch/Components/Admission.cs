using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Demo;
using TaxiCredit.Dispatch.Features.Accounts;

namespace TaxiCredit.Dispatch.Components;

/// <summary>Finds out who calls, and keeps from a page whom it does not admit.</summary>
internal static class Admission
{
    public const string SignInPage = "/sign-in";

    /// <summary>Goes after routing and authentication.</summary>
    public static void UseAdmission(this WebApplication app) => app.Use(async (context, next) =>
    {
        var caller = context.RequestServices.GetRequiredService<Caller>();
        caller.Current = await FindAsync(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesAttribute>() is not { } page || caller.Current is { } person && page.Admits(person))
            await next(context);
        else if (caller.Current is null)
            context.Response.Redirect($"{SignInPage}?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
    });

    /// <summary>Whoever visits the demo sits at the desk of one of its officers.</summary>
    private static async Task<Person?> FindAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<DemoMode>().Enabled && context.GetEndpoint()?.Metadata.GetMetadata<TakesAttribute>() is not null
            ? await Person.FindAsync(DemoActors.Officers[0], context.RequestServices.GetRequiredService<DispatchContext>(), context.RequestAborted)
            : null;
}
