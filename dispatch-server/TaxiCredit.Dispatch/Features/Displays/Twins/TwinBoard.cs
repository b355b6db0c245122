using System.Diagnostics.CodeAnalysis;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// Every twin in memory, for pages and for the receiving of reports. The reconciler writes what is desired, the report writer what
/// is reported, each alone. Thread-safe.
/// </summary>
internal sealed partial class TwinBoard(ILogger<TwinBoard> log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TwinSnapshot> _twins = [];
    private readonly Dictionary<int, int> _ofCab = [];
    private readonly Dictionary<int, ReportedTwin> _reported = [];
    private readonly HashSet<int> _fromBefore = [];
    private readonly HashSet<int> _heard = [];
    private readonly List<Action<IReadOnlyList<TwinSnapshot>>> _listeners = [];
    private IReadOnlyList<TwinSnapshot>? _all;

    /// <summary>All twins, ordered by cab code.</summary>
    public IReadOnlyList<TwinSnapshot> All
    {
        get
        {
            lock (_gate)
                return _all ??= [.. _twins.Values.OrderBy(twin => twin.Cab, StringComparer.Ordinal)];
        }
    }

    /// <summary>The windscreen of a cab.</summary>
    public bool TryFindOfCab(int cabId, [NotNullWhen(true)] out TwinSnapshot? twin)
    {
        lock (_gate)
        {
            twin = null;
            return _ofCab.TryGetValue(cabId, out var displayId) && _twins.TryGetValue(displayId, out twin);
        }
    }

    public bool TryFind(int displayId, [NotNullWhen(true)] out TwinSnapshot? twin)
    {
        lock (_gate)
            return _twins.TryGetValue(displayId, out twin);
    }

    /// <summary>What a display last reported; an empty report before the first.</summary>
    public ReportedTwin ReportedOf(int displayId)
    {
        lock (_gate)
            return _reported.GetValueOrDefault(displayId) ?? new ReportedTwin { DisplayId = displayId };
    }

    /// <summary>
    /// Calls <paramref name="changed"/> with the twins that have changed, or with none where some are no more, in the order of the changes and one
    /// call at a time, until disposed. It must not wait: hand over and return.
    /// </summary>
    public IDisposable Subscribe(Action<IReadOnlyList<TwinSnapshot>> changed)
    {
        lock (_gate)
            _listeners.Add(changed);
        return new Subscription(this, changed);
    }

    public void PutDesired(IReadOnlyCollection<TwinSnapshot> twins)
    {
        lock (_gate)
        {
            var changed = new List<TwinSnapshot>();
            foreach (var twin in twins)
            {
                var last = _twins.GetValueOrDefault(twin.DisplayId);
                // The same revision is the same message, though it was read again.
                var desired = last is not null && last.Desired.Rev == twin.Desired.Rev ? last.Desired : twin.Desired;
                var now = twin with { Desired = desired, Reported = ReportedOf(twin.DisplayId), IsHeard = _heard.Contains(twin.DisplayId) };
                if (last != now)
                    changed.Add(_twins[twin.DisplayId] = now);
                if (last is not null && last.CabId != now.CabId && _ofCab.GetValueOrDefault(last.CabId) == last.DisplayId)
                    _ofCab.Remove(last.CabId);
                _ofCab[now.CabId] = now.DisplayId;
            }
            if (changed.Count > 0)
                Tell(changed);
        }
    }

    /// <summary>Forgets displays that are in none of these cabs any more.</summary>
    /// <param name="cabIds">Null for all.</param>
    /// <param name="displayIds">Those that are in them.</param>
    public void Keep(IReadOnlyCollection<int>? cabIds, IReadOnlySet<int> displayIds)
    {
        var cabs = cabIds?.ToHashSet();
        lock (_gate)
        {
            var gone = _twins.Values.Where(twin => cabs?.Contains(twin.CabId) != false && !displayIds.Contains(twin.DisplayId)).ToList();
            foreach (var twin in gone)
            {
                _twins.Remove(twin.DisplayId);
                _heard.Remove(twin.DisplayId);
                if (_ofCab.GetValueOrDefault(twin.CabId) == twin.DisplayId)
                    _ofCab.Remove(twin.CabId);
            }

            // Nothing is told of them: who listens looks again at all.
            if (gone.Count > 0)
                Tell([]);
        }
    }

    /// <summary>Takes up what an earlier run knew; call once, before the first report.</summary>
    public void LoadReported(IReadOnlyCollection<ReportedTwin> reports)
    {
        lock (_gate)
            _fromBefore.UnionWith(reports.Where(report => report.ReceivedAt is not null).Select(report => report.DisplayId));
        Put(reports);
    }

    /// <summary>Whether all that is known of what a display reports is from an earlier run.</summary>
    public bool IsKnownFromBefore(int displayId)
    {
        lock (_gate)
            return _fromBefore.Contains(displayId);
    }

    public void PutReported(IReadOnlyCollection<ReportedTwin> reports)
    {
        lock (_gate)
        {
            // A last will says only that the cab is gone, and nothing of what it has. One that the broker has kept may be of its own end.
            var said = reports.Where(report => report.Online).Select(report => report.DisplayId).ToList();
            _heard.UnionWith(said);
            _fromBefore.ExceptWith(said);
        }
        Put(reports);
    }

    /// <summary>This server's connection to the broker has ended: until a display is heard over the next one, nothing that it said is confirmed.</summary>
    public void ForgetHeard()
    {
        lock (_gate)
        {
            _heard.Clear();
            var changed = new List<TwinSnapshot>();
            foreach (var twin in _twins.Values.Where(twin => twin.IsHeard).ToList())
                changed.Add(_twins[twin.DisplayId] = twin with { IsHeard = false });
            if (changed.Count > 0)
                Tell(changed);
        }
    }

    private void Put(IReadOnlyCollection<ReportedTwin> reports)
    {
        lock (_gate)
        {
            var changed = new List<TwinSnapshot>();
            foreach (var report in reports)
            {
                _reported[report.DisplayId] = report;
                if (_twins.TryGetValue(report.DisplayId, out var twin))
                    changed.Add(_twins[report.DisplayId] = twin with { Reported = report, IsHeard = _heard.Contains(report.DisplayId) });
            }
            if (changed.Count > 0)
                Tell(changed);
        }
    }

    /// <param name="changed">Empty where some are no more.</param>
    private void Tell(List<TwinSnapshot> changed)
    {
        _all = null;
        // A copy: a listener may take itself off the list.
        foreach (var listener in _listeners.ToArray())
        {
            try
            {
                listener(changed);
            }
            // A page that fails must not stop messages to the cabs.
            catch (Exception fault)
            {
                LogListenerFailed(fault);
            }
        }
    }

    [LoggerMessage(4006, LogLevel.Error, "A listener to twins failed")]
    private partial void LogListenerFailed(Exception fault);

    private sealed class Subscription(TwinBoard board, Action<IReadOnlyList<TwinSnapshot>> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (board._gate)
                board._listeners.Remove(changed);
        }
    }
}
