using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Accounts;

/// <summary>What signing in and out needs in addition to its pages.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this WebApplication app)
    {
        var posts = app.MapGroup("").WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        posts.MapPost("/sign-out", SignOutAsync);
        posts.MapPost("/sign-in/passkey-options",
            async (SignInManager<Account> signIn) => Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json"))
            .WithMetadata(new LimitedAttribute(Transport.SignInLimit));
        posts.MapPost("/account/passkey-options", PasskeyOptionsAsync);
        var directory = app.MapGroup("/sign-in/directory").ExcludeFromDescription();
        directory.MapGet("", async ([FromQuery(Name = "return")] string? back, HttpContext http, IConfiguration configuration, bool again = false) =>
        {
            if (!BureauDirectory.IsConfigured(configuration))
                return Results.NotFound();
            await BureauDirectory.ChallengeAsync(http, $"/sign-in/directory/done?return={Uri.EscapeDataString(back ?? "")}", again);
            return Results.Empty;
        });
        directory.MapGet("/done", DirectoryDoneAsync);
    }

    /// <summary>Where sign-in leads: the requested page of this server, else the first of the person's own pages.</summary>
    public static string After(Person person, string? asked) => RedirectHttpResult.IsLocalUrl(asked) ? asked! : person.Role switch
    {
        Role.Driver or Role.Leader => "/me",
        Role.Admin => "/accounts",
        _ => "/bureau",
    };

    /// <summary>The page that asks for the second factor again.</summary>
    public static string ToProveAgain(string back) => $"/sign-in/again?return={Uri.EscapeDataString(back)}";

    private static async Task<IResult> SignOutAsync(HttpContext http, Caller caller, Sessions sessions, OperationContext context, CancellationToken stop)
    {
        if (caller.SessionId is { } session)
            await SignOut.HandleAsync(new(caller.Name!, session), context, sessions, stop);

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> PasskeyOptionsAsync(Caller caller, UserManager<Account> accounts, SignInManager<Account> signIn)
    {
        if (caller.Current is not { } person || await accounts.FindByNameAsync(person.Name) is not { } account)
            return Results.NotFound();
        var options = await signIn.MakePasskeyCreationOptionsAsync(new() { Id = $"{account.Id}", Name = person.Name, DisplayName = person.Name });
        return Results.Text(options, "application/json");
    }

    private static async Task<IResult> DirectoryDoneAsync(
        [FromQuery(Name = "return")] string? back, HttpContext http, OperationContext context, Sessions sessions, CancellationToken stop)
    {
        var named = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        var person = await BureauDirectory.FindAsync(named.Principal, context, stop);
        if (person.Refusal is { } refusal)
            return Results.Redirect(BureauDirectory.Refused(refusal));

        await BeginSession.HandleAsync(new(person.Value.Name, IsProven: true, "directory"), http, context, sessions, stop);
        return Results.LocalRedirect(After(person.Value, back));
    }
}
