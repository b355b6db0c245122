using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>What holds of every ledger entry, whichever operation books it; <see cref="OperationContext"/> asks before it is saved.</summary>
internal sealed class EntryGuard(RulebookUse rulebooks, IClosedMonths months)
{
    public RulebookUse Rulebooks => rulebooks;

    /// <summary>
    /// Refuses an entry that would land in a published month, whatever the bureau's clock says by now, and keeps the rulebooks that the others have
    /// used. Call under the write lock.
    /// </summary>
    public async Task<Refusal?> CheckAsync(DispatchContext db, CancellationToken stop)
    {
        var days = db.ChangeTracker.Entries<LedgerRow>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity.DecidedOn).ToList();
        if (days.Count == 0)
            return null;

        if (await months.ThroughAsync(db, stop) is { } closed && days.Min() <= closed)
        {
            return Refusal.Conflict(
                "month-closed",
                $"The decision would be dated {days.Min():yyyy-MM-dd}, but everything up to {closed:yyyy-MM-dd} is published. "
                + "The server's clock has been behind or ahead; set it right, or wait until the published month is over.");
        }

        return await rulebooks.KeepAsync(db, days.Max(), stop);
    }
}
