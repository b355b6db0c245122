using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers;

/// <summary>
/// How often one address may do something before it is told to wait. No limit counts by cab only: a flood of reports about one cab would silence everybody
/// else who sits in it. Many reports on one cab are held for a person's look instead, see <see cref="PassengerSettings.ReportsOfCab"/>.
/// </summary>
internal static class PassengerLimits
{
    /// <summary>Answers about the stars, by address and cab.</summary>
    public const string Answers = "passenger-answers";

    /// <summary>Receipts looked up, by address.</summary>
    public const string Receipts = "receipts";

    public static void AddPassengerLimits(this IServiceCollection services) => services.AddSingleton<FormLimit>().AddRateLimiter(_ => { })
        .AddOptions<RateLimiterOptions>().Configure<IOptions<PassengerSettings>>((limits, settings) =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = TellWhenAsync;
            limits.AddPolicy(Answers, context => Sent(context, $"{CallerAddress.Of(context)} {CabOf(context)}", settings.Value.AnswersPerTenMinutes));
            limits.AddPolicy(Receipts, context => Window(CallerAddress.Of(context), settings.Value.ReceiptsPerMinute, TimeSpan.FromMinutes(1)));
        });

    /// <summary>The cab's code however it was typed; one key for all that is no code, so that spellings do not multiply the limit.</summary>
    private static string CabOf(HttpContext context) => ShortCode.TryRead(context.Request.RouteValues["code"] as string, out var code) ? code : "";

    /// <summary>Reading a page is free; sending its form counts.</summary>
    private static RateLimitPartition<string> Sent(HttpContext context, string key, int limit) =>
        HttpMethods.IsPost(context.Request.Method) ? Window(key, limit, TimeSpan.FromMinutes(10)) : RateLimitPartition.GetNoLimiter("");

    private static RateLimitPartition<string> Window(string key, int limit, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = window });

    private static ValueTask TellWhenAsync(OnRejectedContext rejected, CancellationToken stop)
    {
        if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
            rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
