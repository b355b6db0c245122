using System.Collections.Concurrent;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>The callers of live pages in this process. When a session ends, they learn it at once and not only at the next request. Thread-safe.</summary>
internal sealed class LiveCallers
{
    private readonly ConcurrentDictionary<Caller, Guid> _open = new();

    /// <summary>Sessions with a live page.</summary>
    public IReadOnlyCollection<Guid> Sessions => [.. _open.Values.Distinct()];

    public void Add(Caller caller) => _open[caller] = caller.SessionId!.Value;

    public void Remove(Caller caller) => _open.TryRemove(caller, out _);

    /// <summary>Ends the callers that match.</summary>
    public void End(Func<Caller, bool> isOver)
    {
        foreach (var caller in _open.Keys.Where(isOver))
            caller.End();
    }
}

/// <summary>
/// Ends the live pages of sessions that ended outside this process: another server at the same database ended them, or they were idle for
/// <see cref="Session.Idle"/>.
/// </summary>
internal sealed partial class LiveWatch(LiveCallers live, IServiceScopeFactory scopes, TimeProvider time, ILogger<LiveWatch> log) : BackgroundService
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
                LogFailed(fault, Every.TotalSeconds);
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

    [LoggerMessage(3502, LogLevel.Error, "Failed to look for ended sessions; retrying in {Seconds} s")]
    private partial void LogFailed(Exception fault, double seconds);
}
