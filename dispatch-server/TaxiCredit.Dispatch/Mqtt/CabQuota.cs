using System.Collections.Concurrent;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// Messages that one display may send before any is parsed: <see cref="Burst"/> at once, <see cref="PerSecond"/> in the long run. The contract keeps a
/// state at least 50 ms from the one before, so that only a unit out of order meets the limit; what is beyond it is dropped, and other cabs wait for
/// none of it. Thread-safe.
/// </summary>
internal sealed class CabQuota
{
    /// <summary>A unit that comes back with a full journal sends fewer.</summary>
    public const int Burst = 100;

    public const int PerSecond = 20;

    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new();

    /// <param name="displayCode">A registered display's: it names the bucket, which is kept for ever.</param>
    public bool TryTake(string displayCode, DateTimeOffset now) =>
        _buckets.GetOrAdd(displayCode, _ => new TokenBucket(Burst, PerSecond)).TryTake(1, now);
}

/// <summary>Fills with time up to its capacity; full at first. A clock that is set back refills nothing until it has caught up. Thread-safe.</summary>
internal sealed class TokenBucket(int capacity, double perSecond)
{
    private readonly Lock _lock = new();
    private double _taken;
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    /// <returns>False, and nothing is taken, where fewer are left.</returns>
    public bool TryTake(int tokens, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now > _at)
                (_taken, _at) = (Math.Max(0, _taken - (now - _at).TotalSeconds * perSecond), now);
            if (_taken + tokens > capacity)
                return false;
            _taken += tokens;
            return true;
        }
    }
}
