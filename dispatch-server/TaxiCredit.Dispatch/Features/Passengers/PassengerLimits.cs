using System.Threading.RateLimiting;
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

    public static void AddPassengerLimits(this IServiceCollection services)
    {
        services.AddSingleton<FormLimit>();
        Add(Answers, (context, limits) =>
            RateLimit.Sent(context, $"{CallerAddress.Of(context)} {CabOf(context)}", limits.AnswersPerTenMinutes, TimeSpan.FromMinutes(10)));
        Add(Receipts, (context, limits) => RateLimit.Window(CallerAddress.Of(context), limits.ReceiptsPerMinute, TimeSpan.FromMinutes(1)));

        void Add(string name, Func<HttpContext, PassengerSettings, RateLimitPartition<string>> partitionOf) => services.AddSingleton(all =>
        {
            var settings = all.GetRequiredService<IOptions<PassengerSettings>>().Value;
            return new RateLimit(name, context => partitionOf(context, settings));
        });
    }

    /// <summary>The cab's code however it was typed; one key for all that is no code, so that spellings do not multiply the limit.</summary>
    private static string CabOf(HttpContext context) => ShortCode.TryRead(context.Request.RouteValues["code"] as string, out var code) ? code : "";
}
