using System.Collections.Concurrent;
using System.Net;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// Connections that have not come to an accepted CONNECT: whoever holds them open without a password takes room from cabs, so that they are counted, in all
/// and by <see cref="AddressGroup"/>. Thread-safe.
/// </summary>
internal sealed class Arrivals(int max, int maxPerAddress)
{
    private readonly ConcurrentDictionary<IPAddress, int> _waiting = new();
    private int _all;

    /// <summary>Connections that wait now.</summary>
    public int Count => Volatile.Read(ref _all);

    /// <returns>Dispose it when the connection is accepted or gone, as often as you like. Null where there are too many already.</returns>
    public IDisposable? TryEnter(IPAddress from)
    {
        var network = AddressGroup.Of(from);
        if (Interlocked.Increment(ref _all) <= max && _waiting.AddOrUpdate(network, 1, static (_, waiting) => waiting + 1) is var here)
        {
            if (here <= maxPerAddress)
                return new Place(this, network);
            Leave(network);
            return null;
        }

        Interlocked.Decrement(ref _all);
        return null;
    }

    private void Leave(IPAddress network)
    {
        Interlocked.Decrement(ref _all);
        // Nobody's count is kept: addresses come and go for ever.
        if (_waiting.AddOrUpdate(network, 0, static (_, waiting) => waiting - 1) == 0)
            _waiting.TryRemove(new(network, 0));
    }

    private sealed class Place(Arrivals arrivals, IPAddress network) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                arrivals.Leave(network);
        }
    }
}
