using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Features.Roster;
using Microsoft.AspNetCore.Diagnostics;

namespace TaxiCredit.Dispatch.Components.Access;

internal static class AskedAddress
{
    /// <summary>Path and query that the browser shows, also where another page is drawn in the place of the one that was asked for.</summary>
    public static string AskedFor(this HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is { } asked
        ? asked.OriginalPath + asked.OriginalQueryString
        : context.Request.Path + context.Request.QueryString.Value;
}
