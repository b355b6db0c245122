using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>Tallies a month that is over, for people to look at. May be repeated until it is published; signatures fall with each.</summary>
internal sealed record PreviewMonth(string Actor)
{
    public static async Task<Outcome<Close>> HandleAsync(string period, PreviewMonth command, Desk desk, CancellationToken stop)
    {
        var actor = await desk.MayAsync(command.Actor, Operation.PreviewMonth, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;
        if (!Month.TryParse(period, out var month))
            return Refusal.Malformed("period-form", $"'{period}' is not a month; write it as 2017-12.");

        await using var write = await desk.Db.BeginWriteAsync(stop);
        var close = await desk.Db.Closes.Include(c => c.Signatures)
            .Where(c => c.Period == period).OrderByDescending(c => c.Revision).FirstOrDefaultAsync(stop);
        if (close is { Revision: > 1 })
            return Refusal.Conflict("close-is-revision", $"{period} is in revision {close.Revision}; ask for a new revision instead of a preview.");
        if (await OutOfOrderAsync(month, desk, stop) is { } fault)
            return fault;

        if (close is null)
            desk.Db.Closes.Add(close = new Close { Period = period, Revision = 1 });
        if (close.Move(CloseSignal.Preview) is { } moved)
            return moved;

        close.Signatures.Clear();
        close.PreviewedBy = command.Actor;
        await desk.Db.SaveChangesAsync(stop);
        var before = await PublishedRatings.NewestRevisions(desk.Db)
            .Where(c => c.Period == month.Previous.ToString()).Select(c => (int?)c.Id).SingleOrDefaultAsync(stop);
        var facts = await FactsOfDrivers.ForMonthAsync(desk.Db, month, await FactsOfDrivers.StarsOfAsync(desk.Db, before, stop), stop);
        if (await TallyIntoAsync(close, facts, desk, stop) is { } untallied)
            return untallied;
        desk.Record(command.Actor, "preview-month", period, $"revision {close.Revision} through {close.LedgerSequence} digest {close.Digest}");
        await write.SaveAsync(stop);
        return close;
    }

    /// <summary>Reads the ledger as it stands, replaces the close's ratings, and seals them with their digest.</summary>
    public static async Task<Refusal?> TallyIntoAsync(Close close, Dictionary<int, DriverFacts> facts, Desk desk, CancellationToken stop)
    {
        var month = Month.Parse(close.Period);
        var inForce = desk.Rulebooks.InForceOn(month.LastDay);
        if (inForce.Refusal is not null)
            return inForce.Refusal;

        var rulebook = inForce.Value;
        close.LedgerSequence = await desk.Db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0;
        close.RulebookId = rulebook.Id;
        close.RulebookFrom = rulebook.EffectiveFrom;
        close.RulebookHash = desk.Rulebooks.HashOf(rulebook);
        var tallies = await MonthTally.RunAsync(desk.Db, rulebook, month, close.LedgerSequence, facts, stop);
        await desk.Db.Ratings.Where(r => r.CloseId == close.Id).ExecuteDeleteAsync(stop);
        desk.Db.Ratings.AddRange(tallies.Select(t => new Rating
        {
            CloseId = close.Id,
            DriverId = t.DriverId,
            Points = t.Total.Points.Hundredths,
            Stars = t.Total.Stars,
            DaysOnShift = facts[t.DriverId].DaysOnShift,
            PreviousStars = facts[t.DriverId].PreviousStars,
        }));
        close.Digest = MonthTally.Digest(tallies.Select(t => (facts[t.DriverId], t.Total.Points.Hundredths, t.Total.Stars)));
        return null;
    }

    private static async Task<Refusal?> OutOfOrderAsync(Month month, Desk desk, CancellationToken stop)
    {
        if (desk.Today < month.Next.FirstDay)
            return Refusal.AgainstRule("month-not-over", $"{month} ends at 00:00 on {month.Next.FirstDay:yyyy-MM-dd}; at the bureau it is {desk.Today:yyyy-MM-dd}.");

        var last = await desk.Db.Closes.Where(c => c.Status == CloseStatus.Published).MaxAsync(c => (string?)c.Period, stop);
        if (last is null || Month.Parse(last).Next == month)
            return null;

        return month <= Month.Parse(last)
            ? Refusal.Conflict("month-already-published", $"{month} is published; POST /api/v1/months/{month}/revisions starts a revision.")
            : Refusal.AgainstRule("month-out-of-order", $"{Month.Parse(last).Next} is the next month to close; months are closed in order.");
    }
}
