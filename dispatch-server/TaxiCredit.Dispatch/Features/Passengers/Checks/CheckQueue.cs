using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <param name="Checks">With their cabs.</param>
/// <param name="Total">Checks on all pages.</param>
internal sealed record CheckQueuePage(IReadOnlyList<StarCheck> Checks, int Total);

/// <summary>
/// Windscreens that passengers saw differently than their units, for the bureau's desk: open checks oldest first; with the closed ones, newest first.
/// </summary>
internal static class CheckQueue
{
    public const int PageSize = 20;

    /// <param name="all">With the closed ones.</param>
    /// <param name="page">1 and up.</param>
    public static async Task<CheckQueuePage> PageAsync(bool all, int page, DispatchContext db, CancellationToken stop)
    {
        var checks = all ? db.StarChecks.AsNoTracking() : Open(db);
        var inOrder = all ? checks.OrderByDescending(c => c.Id) : checks.OrderBy(c => c.Id);
        return new(await inOrder.Skip((page - 1) * PageSize).Take(PageSize).Include(c => c.Cab).ToListAsync(stop), await checks.CountAsync(stop));
    }

    public static Task<int> CountOpenAsync(DispatchContext db, CancellationToken stop) => Open(db).CountAsync(stop);

    private static IQueryable<StarCheck> Open(DispatchContext db) => db.StarChecks.AsNoTracking().Where(c => c.ClosedAt == null);
}
