using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// Elects the leader among the servers at one database: the one that holds a lease writes twins, publishes and acknowledges. The others are on
/// standby: they receive the same messages, so that their pages are live and any of them can take over. The fencing number of the lease guards
/// what is written, its time only what is published.
/// </summary>
internal sealed partial class DisplayLeadership(
    IServiceScopeFactory scopes, IOptions<MqttSettings> settings, TimeProvider time, ILogger<DisplayLeadership> log) : BackgroundService
{
    public const string LeaseName = "windscreens";

    /// <summary>A server that dies is replaced after this and <see cref="LookEvery"/> at the latest.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan LookEvery = Term / 5;

    private static readonly TimeSpan ReleaseWithin = TimeSpan.FromSeconds(2);

    private readonly string _holder = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
    private Lease? _lease;
    private DateTimeOffset _until;

    /// <summary>This server has become the leader. Raised on any thread.</summary>
    public event Action? Begun;

    /// <summary>As far as this server knows; <see cref="GuardAsync"/> makes sure.</summary>
    public bool IsLeader => _lease is not null;

    /// <summary>Takes the leadership if it is free. A server with an embedded broker is the only possible leader and waits for no other.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
            if (settings.Value.Broker is null && db.Leases.SingleOrDefault(lease => lease.Name == LeaseName) is { } before)
                await db.ReleaseAsync(before, cancellationToken);
        }
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Releases the leadership, so that the next server does not wait. Services that need it must have stopped.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref _lease, null) is not { } lease)
            return;
        // The host's token may have expired by what stopped before; the next server would wait for the lease's whole term.
        using var patience = new CancellationTokenSource(ReleaseWithin);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DispatchContext>().ReleaseAsync(lease, patience.Token);
        }
        catch (Exception fault)
        {
            LogNotReleased(fault, Term.TotalSeconds);
        }
    }

    /// <summary>Inside a transaction: what it writes is this server's to write, until the commit. Outside: what follows is, for <see cref="Term"/>.</summary>
    /// <exception cref="LeadershipLostException">Another server has taken over; nothing may be committed or published.</exception>
    public async Task GuardAsync(DispatchContext db, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (_lease is { } lease && await db.RenewAsync(lease, now, Term, stop))
        {
            _until = now + Term;
            return;
        }
        if (Interlocked.Exchange(ref _lease, null) is not null)
            LogLost();
        throw new LeadershipLostException();
    }

    /// <summary>Before something is published: as long as the lease lasts nobody else publishes; when it does not, the number decides.</summary>
    /// <inheritdoc cref="GuardAsync"/>
    public async ValueTask GuardPublishingAsync(DispatchContext db, CancellationToken stop)
    {
        if (time.GetUtcNow() >= _until)
            await GuardAsync(db, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (LeadershipLostException)
            {
                // Logged already; from now on this server is on standby.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogLeaseFailed(fault);
            }
        }
    }

    /// <summary>Renews the lease, or takes it if it is free.</summary>
    private async Task LookAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        if (_lease is not null)
        {
            await GuardAsync(db, stop);
            return;
        }
        var now = time.GetUtcNow();
        if (await db.AcquireAsync(LeaseName, _holder, now, Term, stop) is not { } lease)
            return;
        (_until, _lease) = (now + Term, lease);
        LogBegun(lease.Fence);
        Begun?.Invoke();
    }

    [LoggerMessage(4003, LogLevel.Information, "Became the leader of the displays, with fencing number {Fence}")]
    private partial void LogBegun(long fence);

    [LoggerMessage(4004, LogLevel.Warning, "Lost the leadership of the displays to another server; continuing as standby")]
    private partial void LogLost();

    [LoggerMessage(4025, LogLevel.Warning, "Failed to release the leadership of the displays; it expires within {Seconds} s")]
    private partial void LogNotReleased(Exception fault, double seconds);

    [LoggerMessage(4005, LogLevel.Warning, "Failed to renew or acquire the lease of the displays; retrying")]
    private partial void LogLeaseFailed(Exception fault);
}

/// <summary>Another server has taken over what this one was about to do.</summary>
internal sealed class LeadershipLostException() : Exception("Another server works for the displays now.");
