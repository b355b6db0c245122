using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>What a decision booked, with the line of the rulebook that it went by.</summary>
internal sealed record LedgerRowInForce(LedgerRow Row, ConductCode Conduct)
{
    public Points Points => new(Row.Points);
}

/// <summary>Ends an objection: moves the case, books what follows, and makes the document. Call under the write lock.</summary>
internal static class EndedObjection
{
    /// <summary>What the decision of a case booked. Its conduct is told by the rulebook of that day, or, if that is gone, by the code alone.</summary>
    public static async Task<LedgerRowInForce> DecidedAsync(Case report, OperationContext context, CancellationToken stop)
    {
        var row = await context.Db.Ledger.AsNoTracking().SingleAsync(e => e.Sequence == report.LedgerSequence, stop);
        var conduct = context.Rulebooks.InForceOn(report.ConductOn) is { Refusal: null, Value: { } rules } ? rules.Find(row.Code) : null;
        return new(row, conduct ?? new(row.Code, row.Code, row.Code, ConductCategory.Service, new(row.Points), "", row.MaxStars, null, ""));
    }

    /// <param name="objection">With its outcome already set.</param>
    /// <param name="stands">Conduct that stands now; null where nothing counts.</param>
    public static async Task BookAsync(
        Case report, Objection objection, LedgerRowInForce decided, ConductCode? stands, OperationContext context, CancellationToken stop)
    {
        var (db, row, outcome) = (context.Db, decided.Row, objection.Outcome!.Value);
        // A confirmed decision counts what it booked, whatever became of the rulebook's text since.
        var (points, maxStars) = outcome == Ruling.Amended ? (stands!.Points, stands.MaxStars) : (decided.Points, row.MaxStars);
        // Where the points were stayed, the entry that stays them is the one that takes them back for good.
        if (!objection.IsStayed && outcome is (Ruling.Amended or Ruling.Overturned))
        {
            var (last, _) = await db.ReversalsOfAsync(row.Sequence, stop);
            await db.AppendAsync(NewEntry.Reversing(last, context.Today), new ReversalDetails(objection.Reason!), stop);
            // The next entry follows this one.
            await db.SaveChangesAsync(stop);
        }

        if (outcome == Ruling.Amended || outcome == Ruling.Confirmed && objection.IsStayed)
        {
            // A new entry, and not a reversal of the stay: what comes back counts from the ruling on, and no month that was published meanwhile changes.
            var ruled = new NewEntry(
                report.DriverId, report.Driver.Code, EntryKind.Decision, stands!.Id, points, maxStars, row.ConductOn, context.Today, report.Number, null);
            var told = await db.LedgerDetails.AsNoTracking().Where(d => d.Sequence == row.Sequence).Select(d => d.Json).SingleOrDefaultAsync(stop);
            var details = told is null
                ? new DecisionDetails(report.Kind, null, "", objection.Reason!, null)
                : JsonSerializer.Deserialize<DecisionDetails>(told, LedgerAppend.DetailsJson)! with { Reason = objection.Reason! };
            report.RuledAs((await db.AppendAsync(ruled, details, stop)).Sequence);
        }

        await RulingContent.AddDocumentAsync(report, objection, decided, stands, points, context, stop);
    }
}
