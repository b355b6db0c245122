using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Tallies a month that is over, for people to look at. May be repeated until it is published; each repetition drops the signatures.
/// Repeated while it is being tallied, or after the tally was cut off, it waits for that one, unless the text of its rulebook is gone.
/// </summary>
internal sealed record PreviewMonth(Acting Actor)
{
    private static readonly OperationRule Rule = new("preview-month", Permission.PreviewMonth);

    /// <summary>Name of the audit line, which <see cref="CloseWork"/> writes with the digest when the tally is complete.</summary>
    public static string AuditName => Rule.Name;

    public static async Task<Outcome<Close>> HandleAsync(
        string period, PreviewMonth command, OperationContext context, CloseSettings settings, CancellationToken stop)
    {
        var begun = await context.RunAsync<int>(Rule, command.Actor, null, Check, _ => BeginAsync(Month.Parse(period), command, context, stop), stop);
        if (begun.Refusal is not null)
            return begun.Refusal;

        context.Db.ChangeTracker.Clear();
        return await CloseWork.FinishAsync(begun.Value, context, settings, stop);

        Refusal? Check() => Periods.Read(period).Refusal;
    }

    /// <summary>The first preview of a month, by no person; nothing where there is one.</summary>
    public static async Task OfItselfAsync(Month month, OperationContext context, CloseSettings settings, CancellationToken stop)
    {
        var begun = await context.RunWithoutPermissionAsync<int>(Rule.Name, FirstPreview.Actor, async () =>
        {
            var period = month.ToString();
            return await context.Db.Closes.Where(c => c.Period == period).Select(c => (int?)c.Id).FirstOrDefaultAsync(stop) is { } there
                ? Done.Begun(there)
                : await BeginAsync(month, new(FirstPreview.Actor), context, stop);
        }, stop);
        context.Db.ChangeTracker.Clear();
        if (begun.Refusal is null)
            await CloseWork.FinishAsync(begun.Value, context, settings, stop);
    }

    /// <returns>Id of the close: a new one, one that begins again, or one that is being tallied already.</returns>
    private static async Task<Outcome<Done<int>>> BeginAsync(Month month, PreviewMonth command, OperationContext context, CancellationToken stop)
    {
        var (db, period) = (context.Db, month.ToString());
        var close = await db.Closes.Include(c => c.Signatures)
            .Where(c => c.Period == period).OrderByDescending(c => c.Revision).FirstOrDefaultAsync(stop);
        if (close is { Revision: > 1 })
            return Refusal.Conflict("close-is-revision", $"{period} is in revision {close.Revision}; ask for a new revision instead of a preview.");
        if (await OutOfOrderAsync(month, context, stop) is { } fault)
            return fault;
        if (close is { Status: CloseStatus.Open } && await db.RulebookOfAsync(close, stop) is not null)
            return Done.Begun(close.Id);

        if (close is null)
            db.Closes.Add(close = new Close { Period = period, Revision = 1 });
        if (close.Move(CloseSignal.Begin) is { } moved)
            return moved;
        var before = await PublishedRatings.NewestRevisions(db).Where(c => c.Period == month.Previous.ToString())
            .Select(c => (int?)c.Id).SingleOrDefaultAsync(stop);
        if (await CloseWork.BeginAsync(close, await db.Drivers.MaxAsync(d => (int?)d.Id, stop), before, context, stop) is { } notBegun)
            return notBegun;

        close.Signatures.Clear();
        close.PreviewedBy = command.Actor.Name;
        await db.Ratings.Where(r => r.CloseId == close.Id).ExecuteDeleteAsync(stop);
        // A new close has its id once it is saved.
        await db.SaveChangesAsync(stop);
        await context.Beginnings.RememberAsync(FactsSince.NameOf(close.Id), db, stop);
        return Done.Begun(close.Id);
    }

    private static async Task<Refusal?> OutOfOrderAsync(Month month, OperationContext context, CancellationToken stop)
    {
        if (context.Today < month.Next.FirstDay)
        {
            return Refusal.AgainstRule(
                "month-not-over", $"{month} ends at 00:00 on {month.Next.FirstDay:yyyy-MM-dd}; at the bureau it is {context.Today:yyyy-MM-dd}.");
        }

        var last = await context.Db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop);
        if (last is null || Month.Parse(last).Next == month)
            return null;

        return month <= Month.Parse(last)
            ? Refusal.Conflict("month-already-published", $"{month} is published; POST /api/v1/months/{month}/revisions starts a revision.")
            : Refusal.AgainstRule("month-out-of-order", $"{Month.Parse(last).Next} is the next month to close; months are closed in order.");
    }
}
