namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>
/// How many reports came from a network address of late. Addresses are kept in memory alone, and no longer than the count needs them: nothing of
/// them is stored. Thread-safe.
/// </summary>
internal sealed class RecentReports(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, string Address)> _arrivals = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Counts one more.</summary>
    /// <returns>How many there were from this address within <paramref name="window"/>, with this one.</returns>
    public int Add(string address, TimeSpan window)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (_arrivals.TryPeek(out var oldest) && oldest.At <= now - window)
                Forget(_arrivals.Dequeue().Address);
            _arrivals.Enqueue((now, address));
            return _counts[address] = _counts.GetValueOrDefault(address) + 1;
        }
    }

    private void Forget(string address)
    {
        if (--_counts[address] == 0)
            _counts.Remove(address);
    }
}
