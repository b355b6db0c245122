using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Jobs;

/// <summary>One job on one server: whether it is its turn, its run, and what is recorded of it.</summary>
internal sealed partial class JobLoop(Job job, IServiceScopeFactory scopes, TimeProvider time, ILogger log)
{
    /// <summary>Runs of a job with a shorter interval are recorded at least this far apart while their outcome stays the same.</summary>
    public static readonly TimeSpan RecordEvery = TimeSpan.FromMinutes(1);

    private static readonly string Server = $"{Environment.MachineName}/{Environment.ProcessId}";

    private readonly string _holder = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
    private JobLease? _lease;
    private DateTimeOffset _due = DateTimeOffset.MinValue;
    private (JobOutcome Outcome, DateTimeOffset At)? _recorded;

    private bool IsDue
    {
        get
        {
            // A timer may fire early; skipping that run would delay it by a whole interval. A time far ahead comes from a clock that was wrong.
            var left = _due - time.GetUtcNow();
            return left <= job.LookEvery / 2 || left > (job.RetryAfter > job.Every ? job.RetryAfter : job.Every);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(job.NeedsLease ? job.LookEvery : job.Every, time);
        try
        {
            do
            {
                var pause = await LookAsync(stop);
                if (timer.Period != pause)
                    timer.Period = pause;
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Runs the job if it is its turn and due. Faults are logged and not thrown.</summary>
    /// <returns>Pause until the next look.</returns>
    public async Task<TimeSpan> LookAsync(CancellationToken stop)
    {
        try
        {
            if (!job.NeedsLease)
                return await RunOnceAsync(stop) ? job.Every : job.RetryAfter;
            if (await IsLeaderAsync(stop) && IsDue)
                await RunOnceAsync(stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            LogLeaseFault(fault, job.Name, job.LookEvery.TotalSeconds);
        }

        return job.NeedsLease ? job.LookEvery : job.RetryAfter;
    }

    /// <summary>Ends the lease, so that the next server does not wait.</summary>
    public async Task ReleaseAsync()
    {
        if (Interlocked.Exchange(ref _lease, null) is not { } lease)
            return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await lease.ReleaseAsync(scope.ServiceProvider.GetRequiredService<DispatchContext>(), CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogNotReleased(fault, job.Name, job.LeaseTerm.TotalSeconds);
        }
    }

    private async Task<bool> IsLeaderAsync(CancellationToken stop)
    {
        if (_lease is { IsToBeRenewed: false })
            return true;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        if (_lease is not null)
        {
            if (await _lease.RenewAsync(db, stop))
                return true;
            Lose();
        }

        var now = time.GetUtcNow();
        if (await db.AcquireAsync(job.LeaseName, _holder, now, job.LeaseTerm, stop) is not { } lease)
            return false;
        _lease = new(lease, job.LeaseTerm, time);
        // What another server, or this one before a restart, has done in time is not done again.
        var next = await db.Set<JobRun>().Where(run => run.Name == job.Name).Select(run => (DateTimeOffset?)run.NextAt).SingleOrDefaultAsync(stop);
        _due = next ?? now;
        return true;
    }

    private void Lose()
    {
        _lease = null;
        LogLost(job.Name);
    }

    /// <returns>Whether it succeeded.</returns>
    private async Task<bool> RunOnceAsync(CancellationToken stop)
    {
        var (startedAt, start) = (time.GetUtcNow(), time.GetTimestamp());
        Exception? thrown = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await job.RunAsync(new(scope.ServiceProvider, _lease), stop);
        }
        catch (JobLeaseLostException)
        {
            // The run is the other server's to finish and to record.
            Lose();
            return true;
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            thrown = fault;
            LogFailed(fault, job.Name, job.RetryAfter.TotalSeconds);
        }

        _due = startedAt + (thrown is null ? job.Every : job.RetryAfter);
        await RecordAsync(startedAt, time.GetElapsedTime(start), thrown, stop);
        return thrown is null;
    }

    private async Task RecordAsync(DateTimeOffset startedAt, TimeSpan duration, Exception? fault, CancellationToken stop)
    {
        var outcome = fault is null ? JobOutcome.Succeeded : JobOutcome.Failed;
        if (job.Every < RecordEvery && _recorded is { } last && last.Outcome == outcome && startedAt - last.At < RecordEvery)
            return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DispatchContext>().RecordAsync(
                new()
                {
                    Name = job.Name,
                    Server = Server,
                    StartedAt = startedAt,
                    Duration = (long)duration.TotalMilliseconds,
                    Outcome = outcome,
                    Fault = fault?.GetType().Name,
                    NextAt = _due,
                },
                stop);
            _recorded = (outcome, startedAt);
        }
        catch (Exception unrecorded) when (!stop.IsCancellationRequested)
        {
            LogNotRecorded(unrecorded, job.Name);
        }
    }

    [LoggerMessage(1101, LogLevel.Error, "Failed to acquire or renew the lease of job {Job}; retrying in {Seconds} s")]
    private partial void LogLeaseFault(Exception fault, string job, double seconds);

    [LoggerMessage(1102, LogLevel.Warning, "Failed to release the lease of job {Job}; it expires within {Seconds} s")]
    private partial void LogNotReleased(Exception fault, string job, double seconds);

    [LoggerMessage(1103, LogLevel.Warning, "Another server has taken over job {Job}; continuing as standby")]
    private partial void LogLost(string job);

    [LoggerMessage(1104, LogLevel.Error, "Job {Job} failed; retrying in {Seconds} s")]
    private partial void LogFailed(Exception fault, string job, double seconds);

    [LoggerMessage(1105, LogLevel.Warning, "Failed to record a run of job {Job}; the job itself continues")]
    private partial void LogNotRecorded(Exception fault, string job);
}
