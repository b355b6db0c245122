using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>What one driver is asked, and what that driver has found.</summary>
/// <param name="Questions">About things that nobody has found yet, and not answered with a yes; oldest first.</param>
/// <param name="Things">Newest first.</param>
internal sealed record LostOfDriver(List<LossQuestion> Questions, List<FoundItem> Things)
{
    private const int MaxThings = 50;

    public static async Task<LostOfDriver> FindAsync(int driverId, DispatchContext db, CancellationToken stop) => new(
        await Open(driverId, db).AsNoTracking().Include(q => q.Loss).ThenInclude(l => l.Cab).OrderBy(q => q.LossId).ToListAsync(stop),
        await db.FoundItems.AsNoTracking().Include(f => f.Cab).Include(f => f.Loss).Include(f => f.Case).Where(f => f.DriverId == driverId)
            .OrderByDescending(f => f.Id).Take(MaxThings).ToListAsync(stop));

    /// <summary>How many questions wait for a first answer.</summary>
    public static Task<int> UnansweredAsync(int driverId, DispatchContext db, CancellationToken stop) =>
        Open(driverId, db).CountAsync(q => q.WasFound == null, stop);

    private static IQueryable<LossQuestion> Open(int driverId, DispatchContext db) =>
        db.LossQuestions.Where(q => q.DriverId == driverId && q.WasFound != true && q.Loss.Status == LossStatus.Open);
}
