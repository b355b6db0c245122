using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Recomputes a published month from the ledger as it stands now, and with it every later published month, whose largest drop builds on it.
/// The result waits for signatures like any preview; repeated before that, it is recomputed.
/// </summary>
/// <param name="Actor">Officer or supervisor who asks for it.</param>
/// <param name="Reason">Why, 1 to 500 characters: the objection that was upheld, say. It is published.</param>
internal sealed record ReviseMonth(Acting Actor, string Reason)
{
    private static readonly OperationRule Rule = new("revise-month", Permission.ReviseMonth);

    public static async Task<Outcome<Close>> HandleAsync(
        string period, ReviseMonth command, OperationContext context, CloseSettings settings, CancellationToken stop)
    {
        var begun = await context.RunAsync<int>(Rule, command.Actor, null, Check, _ => BeginAsync(period, command, context, stop), stop);
        if (begun.Refusal is not null)
            return begun.Refusal;

        context.Db.ChangeTracker.Clear();
        return await CloseWork.FinishAsync(begun.Value, context, settings, stop);

        Refusal? Check() => string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 500
            ? Refusal.Malformed("reason-length", "A revision gives its reason in 1 to 500 characters; it is published.")
            : null;
    }

    /// <returns>Id of the revision of the month itself, which includes those of the months after it.</returns>
    private static async Task<Outcome<Done<int>>> BeginAsync(string period, ReviseMonth command, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var revised = await PublishedRatings.NewestRevisions(db).AsNoTracking().ToListAsync(stop);
        var months = revised.Where(c => string.CompareOrdinal(c.Period, period) >= 0).OrderBy(c => c.Period, StringComparer.Ordinal).ToList();
        if (months.Count == 0 || months[0].Period != period)
            return Refusal.Missing("month-not-published", $"{period} is not published; only a published month has something to revise.");

        await DropUnpublishedAsync(db, stop);
        int? leaderId = null, beforeId = null;
        foreach (var month in months)
        {
            var close = new Close
            {
                Period = month.Period,
                Revision = month.Revision + 1,
                Reason = command.Reason,
                LedById = leaderId,
                PreviewedBy = command.Actor.Name,
            };
            var drivers = await db.Ratings.Where(r => r.CloseId == month.Id).MaxAsync(r => (int?)r.DriverId, stop);
            if (await CloseWork.BeginAsync(close, drivers, beforeId, context, stop) is { } notBegun)
                return notBegun;
            db.Closes.Add(close);
            await db.SaveChangesAsync(stop);
            if (leaderId is null)
                await context.Beginnings.RememberAsync(FactsSince.NameOf(close.Id), db, stop);
            leaderId ??= close.Id;
            beforeId = close.Id;
        }

        return Done.With(leaderId!.Value, period, $"{command.Reason}; recomputed {string.Join(", ", months.Select(m => m.Period))}");
    }

    /// <summary>A preview that nobody has published builds on figures that are now being replaced.</summary>
    private static async Task DropUnpublishedAsync(DispatchContext db, CancellationToken stop)
    {
        var dropped = db.Closes.Where(c => c.Status != CloseStatus.Published);
        await db.Ratings.Where(r => dropped.Select(c => c.Id).Contains(r.CloseId)).ExecuteDeleteAsync(stop);
        db.RemoveRange(await dropped.Include(c => c.Signatures).ToListAsync(stop));
        await db.SaveChangesAsync(stop);
    }
}
