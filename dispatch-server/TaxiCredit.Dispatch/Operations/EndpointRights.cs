namespace TaxiCredit.Dispatch.Operations;

/// <summary>What an address of the API asks of whoever calls it; each address has one, and a test tries every one of them with every role and scope.</summary>
/// <param name="Permissions">One of these, by what the body says.</param>
/// <param name="Subject">Segment of the address that names the driver whose data it touches; null where it is about everybody.</param>
/// <param name="IsChecked">Before the endpoint runs; else the operation checks it.</param>
internal sealed record EndpointRight(IReadOnlyList<Permission> Permissions, string? Subject, bool IsChecked);

internal static class EndpointRights
{
    /// <summary>A read that no operation stands behind: whoever lacks the right is refused before it begins.</summary>
    /// <param name="subject">As with <see cref="EndpointRight"/>.</param>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder route, Permission permission, string? subject = null) => route
        .WithMetadata(new EndpointRight([permission], subject, IsChecked: true))
        .AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            var driver = subject is null ? null : (string?)http.GetRouteValue(subject);
            var may = await http.RequestServices.GetRequiredService<OperationContext>()
                .MayAsync(Acting.Of(http)!, permission, driver, http.RequestAborted);
            return may.Refusal is { } refused ? refused.ToProblem() : await next(call);
        });

    /// <summary>What the operation behind the address checks.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params Permission[] permissions) =>
        route.WithMetadata(new EndpointRight(permissions, null, IsChecked: false));
}
