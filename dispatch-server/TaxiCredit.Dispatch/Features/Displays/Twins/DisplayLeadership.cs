using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>
/// Which of the servers at one database writes twins, publishes and acknowledges: the one that holds a lease. The others read along, so that
/// their pages are alive and the next to take over knows what there is to know. The lease's number guards what is written, its time only
/// what is published.
/// </summary>
internal sealed class DisplayLeadership(IServiceScopeFactory scopes, IOptions<MqttSettings> settings, TimeProvider time, ILogger<DisplayLeadership> log) : BackgroundService
{
    public const string LeaseName = "windscreens";

    /// <summary>A server that dies is replaced after this and <see cref="LookEvery"/> at the latest.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan LookEvery = Term / 5;

    private readonly string _holder = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
    private Lease? _lease;
    private DateTimeOffset _until;

    /// <summary>This server has come to be the one, on no particular thread.</summary>
    public event Action? Begun;

    /// <summary>As far as this server knows; <see cref="GuardAsync"/> makes sure.</summary>
    public bool IsLeader => _lease is not null;

    /// <summary>Takes up the leadership if nobody has it. Whoever has its broker within itself is the only one who can, and waits for no other.</summary>
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

    /// <summary>Ends the leadership, so that the next server need not wait. Those who work under it must have stopped.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref _lease, null) is not { } lease)
            return;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DispatchContext>().ReleaseAsync(lease, cancellationToken);
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
            log.LogWarning("Another server has taken over the displays; this one reads along");
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
                // Said already; from now on this server looks for its turn.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(fault, "The lease of the displays could not be looked at; trying again");
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
        log.LogInformation("This server works for the displays, under fencing number {Fence}", lease.Fence);
        Begun?.Invoke();
    }
}

/// <summary>Another server has taken over what this one was about to do.</summary>
internal sealed class LeadershipLostException() : Exception("Another server works for the displays now.");
