using System.Collections.Concurrent;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Who looks at a live page of this process. Whose session ends is told at once, and not only at the next request. Thread-safe.</summary>
internal sealed class LiveCallers
{
    private readonly ConcurrentDictionary<Caller, Guid> _open = new();

    /// <summary>Sessions with a live page.</summary>
    public IReadOnlyCollection<Guid> Sessions => [.. _open.Values.Distinct()];

    public void Add(Caller caller) => _open[caller] = caller.SessionId!.Value;

    public void Remove(Caller caller) => _open.TryRemove(caller, out _);

    /// <summary>Ends those of whom this holds.</summary>
    public void End(Func<Caller, bool> isOver)
    {
        foreach (var caller in _open.Keys.Where(isOver))
            caller.End();
    }
}

/// <summary>
/// Ends the live pages of sessions that nobody in this process has ended: another server at the same database did, or they were not seen for
/// <see cref="Session.Idle"/>.
/// </summary>
internal sealed class LiveWatch(LiveCallers live, IServiceScopeFactory scopes, TimeProvider time, ILogger<LiveWatch> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(fault, "It could not be seen which sessions have ended; looking again in {Seconds} s", Every.TotalSeconds);
            }
        }
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var asked = live.Sessions;
        if (asked.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var open = await scope.ServiceProvider.GetRequiredService<Sessions>().OpenAmongAsync(asked, stop);
        live.End(caller => caller.SessionId is { } id && asked.Contains(id) && !open.Contains(id));
    }
}
