namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// Work that many ask for at once, done once for all of them: one run at a time, beside the requests and until the server stops, so that nobody who
/// leaves takes it along. Who asks while it runs gets the next run, for this one may have looked before what the asker knows of. Thread-safe.
/// </summary>
/// <param name="run">One run, in a scope of its own. What it throws, everybody gets who has asked for it.</param>
internal sealed class SharedRun<T>(IServiceScopeFactory scopes, IHostApplicationLifetime host, Func<IServiceProvider, CancellationToken, Task<T>> run)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
    private readonly Lock _gate = new();
    private bool _ended;
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>Runs that were begun.</summary>
    public int Runs { get; private set; }

    public Task<T> AskAsync()
    {
        lock (_gate)
        {
            if (_next is not null)
                return _next;
            if (_running is not { IsCompleted: false } running)
                return _running = Begin();
            return _next = AfterAsync(running);
        }
    }

    /// <summary>Ends what runs and waits for it: a server that was never started, or has stopped, leaves nobody at its database.</summary>
    public async ValueTask DisposeAsync()
    {
        // A service that is registered under two types is disposed of for each.
        if (Interlocked.Exchange(ref _ended, true))
            return;
        await _end.CancelAsync();
        Task<T>? last;
        lock (_gate)
            last = _next ?? _running;
        if (last is not null)
            await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task<T> AfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task<T> begun;
        lock (_gate)
            (_running, _next) = (begun = Begin(), null);
        return await begun;
    }

    private Task<T> Begin()
    {
        Runs++;
        // Off the asker's thread: SQLite's asynchronous methods are not.
        return Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            return await run(scope.ServiceProvider, _end.Token);
        });
    }
}

internal static class SharedRuns
{
    /// <summary>A page does without what takes longer, and says so.</summary>
    public static readonly TimeSpan PagePatience = TimeSpan.FromMilliseconds(700);

    /// <summary>Waits for shared work as long as the asker does.</summary>
    /// <param name="patience">Null waits for the end.</param>
    /// <returns>Whether it has ended in time; what it threw is thrown.</returns>
    public static async Task<bool> EndsWithinAsync(this Task work, TimeSpan? patience, CancellationToken stop)
    {
        if (patience is not { } limit)
        {
            await work.WaitAsync(stop);
            return true;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (await Task.WhenAny(work, Task.Delay(limit, enough.Token)) != work)
        {
            stop.ThrowIfCancellationRequested();
            return false;
        }

        await enough.CancelAsync();
        await work;
        return true;
    }
}
