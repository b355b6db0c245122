using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>How many windscreens show a newly published month.</summary>
/// <param name="Count">Windscreens that report its stars.</param>
/// <param name="Expected">Windscreens that are online and should report them.</param>
/// <param name="Late">Plates of those still missing.</param>
/// <param name="Last">Time from the start to the latest arrival.</param>
internal sealed record Arrived(int Count, int Expected, IReadOnlyList<string> Late, TimeSpan Last);

/// <summary>
/// Counts the windscreens that report the stars of a newly published month. The clock starts with its construction: make it just before publishing.
/// </summary>
internal sealed class Arrivals : IDisposable
{
    /// <summary>A display that has not followed by then raises an alarm on the wall.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly TwinBoard _board;
    private readonly string _period;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly IDisposable _subscription;
    private long _lastArrival;

    public Arrivals(TwinBoard board, string period, TimeProvider time)
    {
        (_board, _period, _time) = (board, period, time);
        _began = _lastArrival = time.GetTimestamp();
        _subscription = board.Subscribe(changed =>
        {
            if (changed.Any(HasArrived))
                Interlocked.Exchange(ref _lastArrival, _time.GetTimestamp());
        });
    }

    public void Dispose() => _subscription.Dispose();

    public Arrived Now()
    {
        var rated = _board.All.Where(twin => twin is { Online: true, Kind: RatingKind.Rated }).ToLookup(HasArrived, twin => twin.Plate);
        var (arrived, late) = (rated[true].Count(), rated[false].ToList());
        return new(arrived, arrived + late.Count, late, _time.GetElapsedTime(_began, Interlocked.Read(ref _lastArrival)));
    }

    /// <summary>Reports the count whenever it changes, until all have arrived or <see cref="Longest"/> is over.</summary>
    /// <returns>The last count reported.</returns>
    public async Task<Arrived> FollowAsync(Action<Arrived> tell, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        Arrived now;
        do
        {
            now = Now();
            tell(now);
        }
        while (now.Count < now.Expected && _time.GetElapsedTime(_began) < Longest && await timer.WaitForNextTickAsync(stop));
        return now;
    }

    private bool HasArrived(TwinSnapshot twin) => twin.Period == _period && twin.ShowsDesired;
}
