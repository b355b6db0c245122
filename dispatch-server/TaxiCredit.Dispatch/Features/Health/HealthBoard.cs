using System.Collections.Concurrent;

namespace TaxiCredit.Dispatch.Features.Health;

/// <summary>
/// Looks at each check every ten seconds, beside those who ask: a probe is answered at once whatever hangs, and says how old its answer is. Thread-safe.
/// </summary>
internal sealed partial class HealthBoard(
    IEnumerable<HealthCheck> checks, IServiceScopeFactory scopes, TimeProvider time, ILogger<HealthBoard> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>A look that takes longer has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What was found longer ago is no answer any more.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    private readonly HealthCheck[] _checks = [.. checks];
    private readonly ConcurrentDictionary<string, HealthLine> _found = new();

    /// <summary>In the order of the checks; those that have nothing to look at here are left out.</summary>
    public IReadOnlyList<HealthLine> All
    {
        get
        {
            var now = time.GetUtcNow();
            return [.. _checks.Select(check => _found.GetValueOrDefault(check.Name)).OfType<HealthLine>().Select(line => Fresh(line, now))];
        }
    }

    /// <summary>Looks at everything once.</summary>
    public async Task LookAsync(CancellationToken stop) => await Task.WhenAll(_checks.Select(check => Task.Run(() => LookAsync(check, stop), stop)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The machine's time: what is looked at is the machine.
        using var timer = new PeriodicTimer(Every);
        do
            await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(HealthCheck check, CancellationToken stop)
    {
        Finding? found;
        var now = time.GetUtcNow();
        try
        {
            found = await FindAsync(check, now, stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            found = Finding.Fail($"no answer within {Patience.TotalSeconds} s");
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            found = Finding.Fail(fault.GetBaseException().GetType().Name);
        }

        if (found is null)
        {
            _found.TryRemove(check.Name, out _);
            return;
        }

        var before = _found.GetValueOrDefault(check.Name)?.Finding.State ?? HealthState.Ok;
        _found[check.Name] = new(check.Name, found, now);
        if (before != found.State)
            LogChanged(check.Name, found.State, found.Detail);
    }

    private async Task<Finding?> FindAsync(HealthCheck check, DateTimeOffset now, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await check.LookAsync(new(scope.ServiceProvider, now), stop);
    }

    private static HealthLine Fresh(HealthLine line, DateTimeOffset now) => (now - line.At).Duration() <= Stale
        ? line
        : line with { Finding = Finding.Fail($"not looked at since {line.At:yyyy-MM-dd HH:mm:ss}Z; before: {line.Finding.Detail}") };

    [LoggerMessage(5201, LogLevel.Warning, "Health of {Check} is {State}: {Detail}")]
    private partial void LogChanged(string check, HealthState state, string detail);
}
