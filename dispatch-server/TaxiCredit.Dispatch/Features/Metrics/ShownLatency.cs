using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Metrics;

/// <summary>
/// How long a display takes from what was signed for it to showing it, as it measures its lights. A display that was off counts the time that it was off,
/// as the street sees it; what this server found shown when it started counts nothing.
/// </summary>
internal sealed class ShownLatency(TwinBoard board, TimeProvider time) : IHostedService
{
    private readonly Dictionary<int, long> _shown = [];
    private IDisposable? _subscription;

    public Spread Seconds { get; } = new(1, 2, 5, 10, 30, 60, 300, 3_600);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var twin in board.All.Where(twin => twin.ShowsDesired))
            _shown[twin.DisplayId] = twin.Desired.Rev;
        _subscription = board.Subscribe(Hear);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>One call at a time, as the board promises.</summary>
    private void Hear(IReadOnlyList<TwinSnapshot> changed)
    {
        foreach (var twin in changed.Where(twin => twin.ShowsDesired && _shown.GetValueOrDefault(twin.DisplayId) != twin.Desired.Rev))
        {
            _shown[twin.DisplayId] = twin.Desired.Rev;
            Seconds.Add(Math.Max(0, (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(twin.Desired.Now)).TotalSeconds));
        }
    }
}
