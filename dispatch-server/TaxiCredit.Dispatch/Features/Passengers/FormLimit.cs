using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers;

/// <summary>
/// How many screens of a report one address may send within ten minutes. The page asks for it itself: turned away before the page, a form would be lost.
/// Thread-safe.
/// </summary>
internal sealed class FormLimit(IOptions<PassengerSettings> settings) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<string> _sent = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimit.Window(address, settings.Value.FormsPerTenMinutes, Window));

    /// <summary>Counts one more.</summary>
    /// <returns>How long to wait for the next; null where this one is taken.</returns>
    public TimeSpan? Take(string address)
    {
        using var lease = _sent.AttemptAcquire(address);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
    }

    public void Dispose() => _sent.Dispose();
}
