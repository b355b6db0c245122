using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace TaxiCredit.Dispatch.Features.Passengers;

/// <summary>
/// How often one address may do something before it is told to wait. No limit counts by cab only: a flood of reports about one cab would silence everybody
/// else who sits in it. Many reports on one cab are held for a person's look instead, see <see cref="PassengerSettings.ReportsOfCab"/>.
/// </summary>
internal static class PassengerLimits
{
    /// <summary>Forms sent, by address.</summary>
    public const string Forms = "passenger-forms";

    /// <summary>Answers about the stars, by address and cab.</summary>
    public const string Answers = "passenger-answers";

    /// <summary>Receipts looked up, by address.</summary>
    public const string Receipts = "receipts";

    public static void AddPassengerLimits(this IServiceCollection services) => services.AddRateLimiter(_ => { })
        .AddOptions<RateLimiterOptions>().Configure<IOptions<PassengerSettings>>((limits, settings) =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = TellWhenAsync;
            limits.AddPolicy(Forms, context => Sent(context, AddressOf(context), settings.Value.FormsPerTenMinutes));
            limits.AddPolicy(
                Answers, context => Sent(context, $"{AddressOf(context)} {context.Request.RouteValues["code"]}", settings.Value.AnswersPerTenMinutes));
            limits.AddPolicy(Receipts, context => Window(AddressOf(context), settings.Value.ReceiptsPerMinute, TimeSpan.FromMinutes(1)));
        });

    /// <summary>The network address that a request is counted under. Of IPv6 the first 64 bits: a household has all the others.</summary>
    public static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString()
            : address.ToString();
    }

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
