using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Recomputes a published month from the ledger as it stands now, and with it every later published month, whose largest drop builds on it.
/// The result waits for signatures like any preview; repeated before that, it is computed anew.
/// </summary>
/// <param name="Actor">Officer or supervisor who asks for it.</param>
/// <param name="Reason">Why, 1 to 500 characters: the objection that was upheld, say. It is published.</param>
internal sealed record ReviseMonth(string Actor, string Reason)
{
    public static async Task<Outcome<Close>> HandleAsync(string period, ReviseMonth command, OperationContext context, CloseSettings settings, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.ReviseMonth, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 500)
            return Refusal.Malformed("reason-length", "A revision gives its reason in 1 to 500 characters; it is published.");

        var begun = await BeginAsync(period, command, context, stop);
        return begun.Refusal is null ? await CloseWork.FinishAsync(begun.Value, context, settings, stop) : begun.Refusal;
    }

    /// <returns>Id of the revision of the month itself, which takes along those of the months after it.</returns>
    private static async Task<Outcome<int>> BeginAsync(string period, ReviseMonth command, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        await using var write = await db.BeginWriteAsync(stop);
        var revised = await PublishedRatings.NewestRevisions(db).AsNoTracking().ToListAsync(stop);
        var months = revised.Where(c => string.CompareOrdinal(c.Period, period) >= 0).OrderBy(c => c.Period, StringComparer.Ordinal).ToList();
        if (months.Count == 0 || months[0].Period != period)
            return Refusal.Missing("month-not-published", $"{period} is not published; only a published month has something to revise.");

        await DropUnpublishedAsync(db, stop);
        int? leaderId = null, beforeId = null;
        foreach (var month in months)
        {
            var close = new Close { Period = month.Period, Revision = month.Revision + 1, Reason = command.Reason, LedById = leaderId, PreviewedBy = command.Actor };
            var drivers = await db.Ratings.Where(r => r.CloseId == month.Id).MaxAsync(r => (int?)r.DriverId, stop);
            if (await CloseWork.BeginAsync(close, drivers, beforeId, context, stop) is { } notBegun)
                return notBegun;
            db.Closes.Add(close);
            await db.SaveChangesAsync(stop);
            leaderId ??= close.Id;
            beforeId = close.Id;
        }

        context.Record(command.Actor, "revise-month", period, $"{command.Reason}; recomputed {string.Join(", ", months.Select(m => m.Period))}");
        await write.SaveAsync(stop);
        db.ChangeTracker.Clear();
        return leaderId!.Value;
    }

    /// <summary>A preview that nobody has published builds on figures that are now being replaced.</summary>
    private static async Task DropUnpublishedAsync(DispatchContext db, CancellationToken stop)
    {
        var dropped = db.Closes.Where(c => c.Status != CloseStatus.Published);
        await db.Ratings.Where(r => dropped.Any(c => c.Id == r.CloseId)).ExecuteDeleteAsync(stop);
        await db.Set<Signature>().Where(s => dropped.Any(c => c.Id == s.CloseId)).ExecuteDeleteAsync(stop);
        await dropped.Where(c => c.LedById != null).ExecuteDeleteAsync(stop);
        await dropped.ExecuteDeleteAsync(stop);
    }
}
