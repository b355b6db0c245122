using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// Counts by reason what came in over MQTT and was refused, and says so in the log at most once in ten seconds per reason:
/// a client that floods the broker must not flood the disk. Thread-safe; since the start.
/// </summary>
internal sealed partial class RefusedCounts
{
    public const string MeterName = "TaxiCredit.Displays";

    /// <summary>No display has this code.</summary>
    private const string Stranger = "";

    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string DisplayCode, RefusedBecause Because), long> _counts = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, long Unsaid)> _said = new();
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly ICabIdentities _cabs;
    private readonly TimeProvider _time;
    private readonly ILogger<RefusedCounts> _log;

    public RefusedCounts(IMeterFactory meters, ICabIdentities cabs, TimeProvider time, ILogger<RefusedCounts> log)
    {
        (_cabs, _time, _log) = (cabs, time, log);
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("taxicredit.displays.refused", "{message}", "Refused connections, subscriptions and messages of cabs, by reason");
        _dropped = meter.CreateCounter<long>("taxicredit.displays.dropped", "{message}", "Messages that a broker dropped because a cab did not take them");
    }

    /// <param name="displayCode">As the client names itself; only a provisioned one gets counts of its own.</param>
    public void Add(string? displayCode, RefusedBecause because)
    {
        var reason = NameOf(because);
        var counted = displayCode is not null && _cabs.IsKnown(displayCode) ? displayCode : Stranger;
        _counts.AddOrUpdate((counted, because), 1, (_, count) => count + 1);
        _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        Say(reason, displayCode);
    }

    public void AddDropped(string displayCode)
    {
        _dropped.Add(1);
        Say("queue-full", displayCode);
    }

    /// <summary>Reasons in kebab case with their counts, those of one display or, with null, of all and of strangers.</summary>
    public IReadOnlyDictionary<string, long> Of(string? displayCode) =>
        _counts.Where(count => displayCode is null || count.Key.DisplayCode == displayCode)
            .GroupBy(count => count.Key.Because, count => count.Value)
            .ToDictionary(group => NameOf(group.Key), group => group.Sum());

    private void Say(string reason, string? displayCode)
    {
        var now = _time.GetUtcNow();
        var unsaid = 0L;
        var kept = _said.AddOrUpdate(reason, _ => (now, 0), (_, said) =>
        {
            unsaid = said.Unsaid;
            return now - said.At < LogEvery ? (said.At, said.Unsaid + 1) : (now, 0);
        });
        if (kept == (now, 0))
            LogRefused(displayCode is null || !Topics.IsDisplayCode(displayCode) ? "?" : displayCode, reason, unsaid);
    }

    [LoggerMessage(4101, LogLevel.Warning, "Refused from cab {Display}: {Reason} ({Unsaid} more for this reason since the last such line)")]
    private partial void LogRefused(string display, string reason, long unsaid);

    private static string NameOf(RefusedBecause because) => because switch
    {
        RefusedBecause.ForeignPublish => "foreign-publish",
        RefusedBecause.ForeignSubscription => "foreign-subscription",
        _ => because.ToString().ToLowerInvariant(),
    };
}
