using System.Diagnostics;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Benchmarks;

/// <summary>Notes for each of some cabs, from now on, after how many milliseconds it first reported what it is waited for.</summary>
internal sealed class Arrival
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<int, double> _milliseconds = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _cabs;
    private readonly Func<TwinSnapshot, bool> _isThere;
    private readonly IDisposable _watch;

    public Arrival(TwinBoard windscreens, int cabs, Func<TwinSnapshot, bool> isThere)
    {
        (_cabs, _isThere) = (cabs, isThere);
        _watch = windscreens.Subscribe(Note);
        Note(windscreens.All);
    }

    public async Task<List<double>> AllAsync()
    {
        await _all.Task.WaitAsync(TimeSpan.FromMinutes(2));
        _watch.Dispose();
        return [.. _milliseconds.Values];
    }

    private void Note(IReadOnlyList<TwinSnapshot> changed)
    {
        lock (_milliseconds)
        {
            foreach (var twin in changed.Where(_isThere))
                _milliseconds.TryAdd(twin.DisplayId, _clock.Elapsed.TotalMilliseconds);
            if (_milliseconds.Count == _cabs)
                _all.TrySetResult();
        }
    }
}
