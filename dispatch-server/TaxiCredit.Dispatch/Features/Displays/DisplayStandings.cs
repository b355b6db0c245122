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

    private DisplayStanding Of(TwinSnapshot twin, BrokerLink connection, DateTimeOffset now) =>
        StandingRule.Of(twin, connection, settings.Value.Heartbeat, now);
}
