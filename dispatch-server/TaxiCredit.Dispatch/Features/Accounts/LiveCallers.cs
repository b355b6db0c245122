using System.Collections.Concurrent;
using TaxiCredit.Dispatch.Jobs;

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
internal sealed class LiveWatch(LiveCallers live, IServiceScopeFactory scopes)
{
    public static readonly Job Job = new("session-watch", TimeSpan.FromSeconds(5), (job, stop) => job.Services.GetRequiredService<LiveWatch>().LookAsync(stop));

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
