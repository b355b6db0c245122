using System.Globalization;
using System.Threading.RateLimiting;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>How often somebody may do something.</summary>
/// <param name="Name">Which endpoints it is for, see <see cref="LimitedAttribute"/>; <see cref="RateLimits.Everywhere"/> for all of them.</param>
/// <param name="PartitionOf">Whom a request is counted under, and how many are taken.</param>
internal sealed record RateLimit(string Name, Func<HttpContext, RateLimitPartition<string>> PartitionOf)
{
    /// <summary>At most so many in each window of time.</summary>
    public static RateLimitPartition<string> Window(string key, int most, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = window });

    /// <summary>As above for what is sent; reading a page is free.</summary>
    public static RateLimitPartition<string> Sent(HttpContext context, string key, int most, TimeSpan window) =>
        HttpMethods.IsPost(context.Request.Method) ? Window(key, most, window) : RateLimitPartition.GetNoLimiter("");
}

/// <summary>The limit, by its name, under which a page or an endpoint stands beside that of all.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitedAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>
/// The limits of a server, whose clocks end with it. The framework's own middleware keeps a clock of ten ticks a second that nothing can stop, and by it
/// everything of a server that has ended: ADR 0089. Thread-safe.
/// </summary>
internal sealed class RateLimits(IEnumerable<RateLimit> limits) : IDisposable
{
    public const string Everywhere = "";

    private readonly Dictionary<string, PartitionedRateLimiter<HttpContext>> _limiters =
        limits.ToDictionary(limit => limit.Name, limit => PartitionedRateLimiter.Create(limit.PartitionOf));

    /// <summary>Answers 429 to what is too much, with the seconds to wait where they are known.</summary>
    public static void Use(WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use((context, next) =>
        {
            if (limits.IsTaken(Everywhere, context) && (context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>() is not { } own
                || limits.IsTaken(own.Name, context)))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        });
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
            limiter.Dispose();
    }

    private bool IsTaken(string limit, HttpContext context)
    {
        using var lease = _limiters[limit].AttemptAcquire(context);
        if (!lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return lease.IsAcquired;
    }
}
