using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Jobs;

/// <summary>The lease of a job, held across its runs so that a frequent job does not take it again each time.</summary>
internal sealed class JobLease(Lease lease, TimeSpan term, TimeProvider time)
{
    private DateTimeOffset _until = lease.Until;

    /// <summary>Whether it lasts for less than half its term.</summary>
    public bool IsToBeRenewed => _until - time.GetUtcNow() < term / 2;

    public async Task<bool> RenewAsync(DispatchContext db, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (!await db.RenewAsync(lease, now, term, stop))
            return false;
        _until = now + term;
        return true;
    }

    public Task ReleaseAsync(DispatchContext db, CancellationToken stop) => db.ReleaseAsync(lease, stop);
}
