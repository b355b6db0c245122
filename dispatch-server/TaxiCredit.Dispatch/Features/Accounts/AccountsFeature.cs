using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Accounts;

internal static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddAuthentication(BearerTokens.SchemeName).AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null);
        services.AddAuthorization();
        services.AddScoped<Caller>();
        return services;
    }

    public static void MapAccounts(this RouteGroupBuilder api) =>
        api.MapGet("/actors", async (DispatchContext db, CancellationToken stop) =>
                await db.Actors.AsNoTracking().OrderBy(a => a.Name).Select(a => new ActorView(a.Name, a.Role)).ToListAsync(stop))
            .WithSummary("People who act at the bureau").WithTags("Accounts");

    private sealed record ActorView(string Name, Role Role);
}
