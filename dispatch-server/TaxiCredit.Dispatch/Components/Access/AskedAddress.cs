using Microsoft.AspNetCore.Diagnostics;

namespace TaxiCredit.Dispatch.Components.Access;

internal static class AskedAddress
{
    /// <summary>Path and query that the browser shows, also where another page replaces the requested one.</summary>
    public static string AskedFor(this HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is { } asked
        ? asked.OriginalPath + asked.OriginalQueryString
        : context.Request.Path + context.Request.QueryString.Value;
}
