using System.Collections.Concurrent;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>How long operations take from their beginning to their commit, the wait for the write lock included, by their names. Thread-safe.</summary>
internal sealed class OperationTimes
{
    private readonly ConcurrentDictionary<string, Spread> _byName = new();

    public IReadOnlyDictionary<string, Spread> All => _byName;

    /// <param name="seconds">0 or more.</param>
    public void Add(string operation, double seconds) =>
        _byName.GetOrAdd(operation, _ => new(0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10)).Add(seconds);
}
