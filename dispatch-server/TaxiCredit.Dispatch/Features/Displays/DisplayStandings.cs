using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Every windscreen's standing now, by <see cref="StandingRule"/>. Thread-safe.</summary>
internal sealed class DisplayStandings(TwinBoard board, ICabLink link, IOptions<DisplaySettings> settings, TimeProvider time)
{
    /// <summary>This server's connection to its broker.</summary>
    public BrokerLink Link => link.Link;

    /// <summary>All, ordered by cab code.</summary>
    public IReadOnlyList<StandingTwin> All
    {
        get
        {
            // One instant and one connection for all of them.
            var (now, connection) = (time.GetUtcNow(), link.Link);
            return [.. board.All.Select(twin => new StandingTwin(twin, Of(twin, connection, now)))];
        }
    }

    public DisplayStanding Of(TwinSnapshot twin) => Of(twin, link.Link, time.GetUtcNow());

    /// <summary>
    /// Waits until a cab's windscreen shows what it should show for a driver, or for nobody, so that the answer to a sign-on can tell it. A cab without
    /// a display, or one that cannot hear, is not waited for.
    /// </summary>
    /// <param name="driver">Code of the driver who should be shown; null for a vacant cab.</param>
    /// <param name="longest">After this the wait ends without it.</param>
    public async Task UntilShownAsync(int cabId, string? driver, TimeSpan longest, CancellationToken stop)
    {
        if (!board.TryFindOfCab(cabId, out var there) || !Of(there).IsOnline)
            return;
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = board.Subscribe(Look);
        Look(board.All);
        await Task.WhenAny(shown.Task, Task.Delay(longest, time, stop));

        void Look(IReadOnlyList<TwinSnapshot> twins)
        {
            if (twins.Any(twin => twin.CabId == cabId && twin.Driver == driver && twin.ShowsDesired))
                shown.TrySetResult();
        }
    }

    private DisplayStanding Of(TwinSnapshot twin, BrokerLink connection, DateTimeOffset now) =>
        StandingRule.Of(twin, connection, settings.Value.Heartbeat, now);
}
