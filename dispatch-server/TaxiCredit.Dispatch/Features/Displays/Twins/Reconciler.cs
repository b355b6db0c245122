using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// The single writer of what windscreens should show. A nudge says where to look, never what to show: nudges may be duplicated,
/// merged or lost, and the full pass of every minute finds what they missed. Nudges are thread-safe and do not wait.
/// </summary>
internal sealed partial class Reconciler : BackgroundService
{
    private const int BatchCabs = 1_000;

    /// <summary>Ids of cabs in one message to other servers, which stays below the longest packet.</summary>
    private const int MaxTold = 100;

    private const string Everywhere = "*";

    public static readonly TimeSpan FullPassEvery = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ICabLink _link;
    private readonly DisplayLeadership _leadership;
    private readonly IServiceScopeFactory _scopes;
    private readonly DisplayRegistry _registry;
    private readonly TwinBoard _board;
    private readonly CabInbox _inbox;
    private readonly DisplaySettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<Reconciler> _log;
    private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Work _work = new([], IsFull: false, PublishAll: false);

    public Reconciler(
        ICabLink link, DisplayLeadership leadership, IServiceScopeFactory scopes, DisplayRegistry registry, TwinBoard board, CabInbox inbox,
        IOptions<DisplaySettings> settings, TimeProvider time, ILogger<Reconciler> log)
    {
        (_link, _leadership, _scopes, _registry, _board) = (link, leadership, scopes, registry, board);
        (_inbox, _settings, _time, _log) = (inbox, settings.Value, time, log);
        link.Connected += () => Add(new([], IsFull: true, PublishAll: true));
        link.Lost += board.ForgetHeard;
        link.Told += Look;
        leadership.Begun += () => Add(new([], IsFull: true, PublishAll: true));
    }

    /// <summary>Completes when everything that was stored has been published once since the start.</summary>
    public Task Published => _published.Task;

    /// <summary>Something that decides what these cabs show has changed and is committed: a shift, a home cab, keys.</summary>
    public void Nudge(params IEnumerable<int> cabIds)
    {
        var cabs = cabIds.ToHashSet();
        if (cabs.Count == 0)
            return;
        Add(new(cabs, IsFull: false, PublishAll: false));
        if (!_leadership.IsLeader)
            _ = _link.TellAsync(Where(cabs));
    }

    /// <summary>As <see cref="Nudge"/>, and told to the other servers by the leader too: nothing may be signed that would tell them.</summary>
    public void NudgeEverywhere(params IEnumerable<int> cabIds)
    {
        var cabs = cabIds.ToHashSet();
        Nudge(cabs);
        if (_leadership.IsLeader)
            _ = _link.TellAsync(Where(cabs));
    }

    /// <summary>As <see cref="Nudge"/> for every cab: a month was published.</summary>
    public void NudgeAll()
    {
        Add(new([], IsFull: true, PublishAll: false));
        if (!_leadership.IsLeader)
            _ = _link.TellAsync(Everywhere);
    }

    /// <summary>In the words of <see cref="ICabLink.TellAsync"/>.</summary>
    public static string Where(IReadOnlyCollection<int> cabIds) => cabIds.Count <= MaxTold ? string.Join(',', cabIds) : Everywhere;

    /// <summary>Receives from another server: as <see cref="Nudge"/>, and not passed on.</summary>
    private void Look(string where)
    {
        var cabs = where.Split(',').Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var cab) ? cab : 0).ToHashSet();
        Add(new(cabs, IsFull: where == Everywhere, PublishAll: false));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var everyMinute = _time.CreateTimer(_ => Add(new([], IsFull: true, PublishAll: false)), null, FullPassEvery, FullPassEvery);
        while (await _signal.Reader.WaitToReadAsync(stoppingToken))
        {
            var work = Take();
            try
            {
                await RunAsync(work, stoppingToken);
                if (work.PublishAll && _leadership.IsLeader)
                    _published.TrySetResult();
            }
            catch (BrokerGoneException gone)
            {
                // Nothing to repeat: when it is there again, everything is published.
                LogBrokerGone(gone.Message);
            }
            catch (ClockLeaptException)
            {
                // Logged where it was found; what is signed stays as it is meanwhile.
                await Task.Delay(PauseAfterFault, stoppingToken);
                Add(work);
            }
            catch (LeadershipLostException)
            {
                // The work is now another server's; this one continues as standby.
                Add(work);
                _ = _link.TellAsync(work.IsFull ? Everywhere : Where(work.CabIds));
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
                await Task.Delay(PauseAfterFault, stoppingToken);
                Add(work);
            }
        }
    }

    private void Add(Work more)
    {
        lock (_gate)
            _work = _work.With(more);
        _signal.Writer.TryWrite(true);
    }

    private Work Take()
    {
        // Signal before work: a nudge in between finds the signal free and gives it again.
        _signal.Reader.TryRead(out _);
        lock (_gate)
        {
            var work = _work;
            _work = new([], IsFull: false, PublishAll: false);
            return work;
        }
    }

    private async Task RunAsync(Work work, CancellationToken stop)
    {
        foreach (var batch in work.CabIds.Chunk(BatchCabs))
            await RunBatchAsync(batch, publishAll: false, stop);
        if (!work.IsFull)
            return;
        await GiveUpSilentAsync(stop);
        await TakeUpWhatOthersDidAsync(stop);
        for (var batch = await NextCabsAsync(0, stop); batch.Length > 0; batch = await NextCabsAsync(batch[^1], stop))
            await RunBatchAsync(batch, work.PublishAll, stop);
    }

    private async Task RunBatchAsync(int[] cabIds, bool publishAll, CancellationToken stop)
    {
        await using var scope = _scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReconcilePass>().RunAsync(cabIds, publishAll, stop);
    }

    private async Task<int[]> NextCabsAsync(int after, CancellationToken stop)
    {
        await using var scope = _scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DispatchContext>().DisplaysInCabs
            .Where(display => display.CabId > after).OrderBy(display => display.CabId).Select(display => display.CabId)
            .Take(BatchCabs).ToArrayAsync(stop);
    }

    /// <summary>A cab whose display another server has taken out is in no batch.</summary>
    private async Task TakeUpWhatOthersDidAsync(CancellationToken stop)
    {
        await using var scope = _scopes.CreateAsyncScope();
        _board.Keep(null, await _registry.RefreshAsync(scope.ServiceProvider.GetRequiredService<DispatchContext>(), null, stop));
    }

    /// <summary>A display that has been silent too long is treated as if its last will had come.</summary>
    private async Task GiveUpSilentAsync(CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        foreach (var twin in _board.All.Where(twin => twin.Online && OfflineRule.IsSilent(twin.ReceivedAt, now, _settings)))
            await _inbox.PutAsync(new CabMessage(Topics.Of(twin.Display, Topics.State), Envelope.Offline.ToArray(), now), stop);
    }

    [LoggerMessage(4001, LogLevel.Warning, "Reconciliation waits for the broker: {Reason}")]
    private partial void LogBrokerGone(string reason);

    [LoggerMessage(4002, LogLevel.Error, "Reconciliation failed; retrying")]
    private partial void LogFailed(Exception fault);

    private sealed record Work(HashSet<int> CabIds, bool IsFull, bool PublishAll)
    {
        public Work With(Work more) => new([.. CabIds, .. more.CabIds], IsFull || more.IsFull, PublishAll || more.PublishAll);
    }
}
