using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>Counts the windscreens that report the stars of a newly published month. The clock starts with its construction: make it just before publishing.</summary>
internal sealed class Arrivals : IDisposable
{
    /// <summary>A display that has not followed by then is left to the wall's alarms.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly TwinBoard _board;
    private readonly string _period;
    private readonly TimeProvider _time;
    private readonly IStringLocalizer<WallTexts> _texts;
    private readonly long _began;
    private readonly IDisposable _subscription;
    private long _lastArrival;

    public Arrivals(TwinBoard board, string period, TimeProvider time, IStringLocalizer<WallTexts> texts)
    {
        (_board, _period, _time, _texts) = (board, period, time, texts);
        _began = _lastArrival = time.GetTimestamp();
        _subscription = board.Subscribe(changed =>
        {
            if (changed.Any(HasArrived))
                Interlocked.Exchange(ref _lastArrival, _time.GetTimestamp());
        });
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>Tells how many have arrived until all have, or <see cref="Longest"/> is over.</summary>
    public async Task FollowAsync(Action<ClosingReport> tell, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        var (arrived, expected) = (0, 0);
        do
        {
            var rated = _board.All.Where(twin => twin is { Online: true, Kind: RatingKind.Rated }).ToList();
            (arrived, expected) = (rated.Count(HasArrived), rated.Count);
            tell(Report(arrived, expected, isDone: arrived == expected));
        }
        while (arrived < expected && _time.GetElapsedTime(_began) < Longest && await timer.WaitForNextTickAsync(stop));
        tell(Report(arrived, expected, isDone: true));
    }

    private bool HasArrived(TwinSnapshot twin) => twin.Period == _period && twin.ShowsDesired;

    private ClosingReport Report(int arrived, int expected, bool isDone)
    {
        var elapsed = (long)_time.GetElapsedTime(_began, Interlocked.Read(ref _lastArrival)).TotalMilliseconds;
        return new(ClosingStep.Windscreens, _texts["Arrived", arrived, expected, elapsed], isDone, arrived, expected);
    }
}
