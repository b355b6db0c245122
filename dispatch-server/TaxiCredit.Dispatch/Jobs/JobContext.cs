using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Jobs;

/// <summary>What a run of a job works with.</summary>
internal sealed class JobContext(IServiceProvider services, JobLease? lease)
{
    /// <summary>Scoped to this run.</summary>
    public IServiceProvider Services => services;

    /// <summary>
    /// Inside a transaction: this server holds the lease until the commit. Outside: no other server runs the job within the next
    /// <see cref="Job.LeaseTerm"/>.
    /// </summary>
    /// <exception cref="JobLeaseLostException">Another server has taken over; nothing may be committed or sent.</exception>
    /// <exception cref="InvalidOperationException">The job runs without a lease.</exception>
    public async Task GuardAsync(DispatchContext db, CancellationToken stop)
    {
        if (lease is null)
            throw new InvalidOperationException("A job without a lease has nothing to guard.");
        if (!await lease.RenewAsync(db, stop))
            throw new JobLeaseLostException();
    }
}

/// <summary>Another server has taken over the job.</summary>
internal sealed class JobLeaseLostException() : Exception("Another server has taken over the job.");
