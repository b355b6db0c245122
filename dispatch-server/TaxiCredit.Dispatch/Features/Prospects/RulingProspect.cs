using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Prospects;

/// <summary>What a way to end an objection would leave of the month that runs. Nothing is stored.</summary>
/// <param name="Code">With an amendment: the conduct that it finds.</param>
internal sealed record RulingProspect(Ruling Outcome, string? Code, Points Points, int? Stars)
{
    /// <summary>Confirmed first, then each amendment, then overturned; none where the month has no rulebook.</summary>
    public static async Task<List<RulingProspect>> OfAsync(
        Case report, Objection objection, IReadOnlyList<ConductCode> milder, OperationContext context, CancellationToken stop)
    {
        var running = await RunningMonth.OfAsync(report.Driver, context, stop);
        if (running.Refusal is not null)
            return [];
        var row = await context.Db.Ledger.AsNoTracking().SingleAsync(e => e.Sequence == report.LedgerSequence, stop);
        var (last, _) = await context.Db.ReversalsOfAsync(row.Sequence, stop);
        // Where the points are stayed, they are taken back already.
        var back = objection.IsStayed ? null : NewEntry.Reversing(last, context.Today);
        return
        [
            Told(Ruling.Confirmed, null, objection.IsStayed ? [Decided(row.Code, new Points(row.Points), row.MaxStars)] : []),
            .. milder.Select(code => Told(Ruling.Amended, code.Id, [back, Decided(code.Id, code.Points, code.MaxStars)])),
            Told(Ruling.Overturned, null, [back]),
        ];

        NewEntry Decided(string code, Points points, int? maxStars) => new(
            report.DriverId, report.Driver.Code, EntryKind.Decision, code, points, maxStars, row.ConductOn, context.Today, report.Number, null);

        RulingProspect Told(Ruling outcome, string? code, IEnumerable<NewEntry?> entries)
        {
            var tally = running.Value.With(entries.OfType<NewEntry>());
            return new(outcome, code, tally.Points, tally.Stars);
        }
    }
}
