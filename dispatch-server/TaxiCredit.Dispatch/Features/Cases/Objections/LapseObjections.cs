using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>
/// Ends objections on which nobody ruled in time: what was stayed counts nothing for good. Nobody decides here; the time that the rulebook gives is over.
/// Where the points were not stayed, they go on counting and the objection waits on, as an alarm. Safe beside another server: each is found again under the
/// write lock.
/// </summary>
internal static class LapseObjections
{
    /// <summary>Who acts in the audit log.</summary>
    public const string Actor = "deadlines";

    public static readonly Job Job = new("objections", TimeSpan.FromMinutes(1), async (job, stop) =>
        await RunAsync(job.Services.GetRequiredService<OperationContext>(), stop));

    /// <returns>How many lapsed.</returns>
    public static async Task<int> RunAsync(OperationContext context, CancellationToken stop)
    {
        var due = await Due(context).AsNoTracking().OrderBy(o => o.RuleBy).ThenBy(o => o.CaseId).Select(o => o.CaseId).ToListAsync(stop);
        var lapsed = 0;
        foreach (var id in due)
        {
            if ((await LapseAsync(id, context, stop)).Refusal is null)
                lapsed++;
            context.Db.ChangeTracker.Clear();
        }

        return lapsed;
    }

    private static IQueryable<Objection> Due(OperationContext context) =>
        context.Db.Objections.Where(o => o.Outcome == null && o.StaySequence != null && o.RuleBy < context.Today);

    private static Task<Outcome<Objection>> LapseAsync(long id, OperationContext context, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<Objection>("lapse-objection", Actor, async () =>
        {
            if (await Due(context).SingleOrDefaultAsync(o => o.CaseId == id, stop) is not { } objection)
                return Refusal.Conflict("objection-ruled", $"The objection has ended, on another server maybe.");
            var report = await context.Db.Cases.Include(c => c.Driver).SingleAsync(c => c.Id == id, stop);
            if (report.Move(CaseSignal.RunOut) is { } refused)
                return refused;

            objection.End(Ruling.Lapsed, context.Today, null, null, null);
            await EndedObjection.BookAsync(report, objection, await EndedObjection.DecidedAsync(report, context, stop), null, context, stop);
            return Done.With(objection, report.Number, $"due by {objection.RuleBy:yyyy-MM-dd}");
        }, stop);
}
