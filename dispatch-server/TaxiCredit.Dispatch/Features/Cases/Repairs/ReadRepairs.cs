using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <summary>A driver reads the decisions on their repairs, which are no longer new then. The second time changes nothing.</summary>
internal static class ReadRepairs
{
    private static readonly OperationRule Rule = new("read-repairs", Permission.AskRepair);

    public static IQueryable<Repair> Unread(int driverId, OperationContext context) =>
        context.Db.Repairs.Where(r => r.DriverId == driverId && r.Outcome != null && r.ReadAt == null);

    public static async Task HandleAsync(string driver, int driverId, OperationContext context, CancellationToken stop)
    {
        if (!await Unread(driverId, context).AnyAsync(stop))
            return;
        await context.RunAsync<int>(Rule, driver, driver, async _ =>
        {
            var unread = await Unread(driverId, context).ToListAsync(stop);
            foreach (var repair in unread)
                repair.Read(context.Now);
            return unread.Count == 0 ? Done.Repeated(0) : Done.With(unread.Count, driver, string.Join(' ', unread.Select(repair => repair.Number)));
        }, stop);
        context.Db.ChangeTracker.Clear();
    }
}
