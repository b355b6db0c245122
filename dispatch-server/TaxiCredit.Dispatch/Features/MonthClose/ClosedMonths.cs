using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

internal sealed class ClosedMonths : IClosedMonths
{
    public async Task<DateOnly?> ThroughAsync(DispatchContext db, CancellationToken stop) =>
        await db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop) is { } newest ? Month.Parse(newest).LastDay : null;

    public async Task<DateOnly?> BegunThroughAsync(DispatchContext db, CancellationToken stop) =>
        await db.Closes.MaxAsync(c => (string?)c.Period, stop) is { } newest ? Month.Parse(newest).LastDay : null;

    public async Task<List<(string Close, string Sha256)>> RulebooksAsync(DispatchContext db, CancellationToken stop)
    {
        var closes = await db.Closes.OrderBy(c => c.Period).ThenBy(c => c.Revision).Select(c => new { c.Period, c.Revision, c.RulebookHash }).ToListAsync(stop);
        return closes.ConvertAll(c => ($"{c.Period}, revision {c.Revision}", c.RulebookHash));
    }
}
