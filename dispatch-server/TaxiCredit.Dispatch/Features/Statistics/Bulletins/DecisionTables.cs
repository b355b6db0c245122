using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>What was decided in a month, and how long it took.</summary>
internal static class DecisionTables
{
    private const string InTime = "inTime", Late = "late", Upheld = "upheld", Dismissed = "dismissed", Closed = "closed";

    /// <param name="days">Deadlines of the rulebook by which the month was closed.</param>
    public static async Task<(DecisionFigures Decisions, MeritFigures Merits)> OfAsync(
        Month month, Deadlines days, ConductCatalogue names, DispatchContext db, CancellationToken stop)
    {
        var (first, last) = (month.FirstDay, month.LastDay);
        // One that was reassigned goes on as another, which is decided in its place.
        var decided = await db.Cases.Where(c => c.DecidedOn >= first && c.DecidedOn <= last && c.Status != CaseStatus.Reassigned)
            .Select(c => new Decided(
                c.Kind == CaseKind.Merit, c.Status, c.DriverId, c.SubmittedOn, c.DecidedOn!.Value, c.ComplexOn != null, c.DecidedCode, c.PropertyFen))
            .ToListAsync(stop);
        var cases = decided.Where(c => !c.IsMerit).ToList();
        var all = Cell.Of("", cases.ConvertAll(c => c.DriverId));
        var timely = SmallCells.Merge([CellOf(InTime, cases.Where(c => !c.IsLate(days))), CellOf(Late, cases.Where(c => c.IsLate(days)))]);
        var figures = new DecisionFigures(
            all.Stands ? all.Count : null,
            all.Stands ? Median(cases.Select(c => c.DecidedOn.DayNumber - c.SubmittedOn.DayNumber)) : null,
            all.Stands ? CountOf(Late, timely) : null, await OverdueAsync(last, days, db, stop),
            LinesOf([
                CellOf(Upheld, cases.Where(c => c.IsUpheld)), CellOf(Dismissed, cases.Where(c => c.Status == CaseStatus.Dismissed)),
                CellOf(Closed, cases.Where(c => CaseLife.Undecided.Contains(c.Status))),
            ]));
        return (figures, MeritsOf([.. decided.Where(c => c is { IsMerit: true, IsUpheld: true })], names));

        static Cell CellOf(string key, IEnumerable<Decided> those) => Cell.Of(key, [.. those.Select(c => c.DriverId)]);
    }

    public static async Task<ObjectionFigures> ObjectionsAsync(Month month, DispatchContext db, CancellationToken stop)
    {
        var (first, last) = (month.FirstDay, month.LastDay);
        var ended = await (
            from objection in db.Objections
            where objection.RuledOn >= first && objection.RuledOn <= last
            join report in db.Cases on objection.CaseId equals report.Id
            select new { objection.Outcome, report.DriverId, objection.On, RuledOn = objection.RuledOn!.Value }).ToListAsync(stop);
        var all = Cell.Of("", ended.ConvertAll(o => o.DriverId));
        var lines = LinesOf([.. Enum.GetValues<Ruling>().Select(outcome => Cell.Of(
            outcome.ToString().ToLowerInvariant(), [.. ended.Where(o => o.Outcome == outcome).Select(o => o.DriverId)]))]);
        if (!all.Stands)
            return new(null, null, null, lines);
        // What the lines tell anyway: the share of those that were not confirmed, where it is told how many were.
        var confirmed = CountOf(
            nameof(Ruling.Confirmed).ToLowerInvariant(), [.. lines.Select(line => new Merged(line.Outcomes, line.Count))]);
        return new(
            all.Count, confirmed is { } stood ? Percent(all.Count - stood, all.Count) : null,
            Median(ended.Select(o => o.RuledOn.DayNumber - o.On.DayNumber)), lines);
    }

    private static MeritFigures MeritsOf(IReadOnlyList<Decided> merits, ConductCatalogue names)
    {
        var byCode = merits.ToLookup(c => c.Code ?? "");
        var (all, property) = (
            Cell.Of("", [.. merits.Select(c => c.DriverId)]), Cell.Of("", [.. merits.Where(c => c.PropertyFen != null).Select(c => c.DriverId)]));
        var cells = names.Codes(ConductCatalogue.Merit, byCode.Select(code => code.Key))
            .Select(code => Cell.Of(code, [.. byCode[code].Select(c => c.DriverId)]));
        return new(
            all.Stands ? all.Count : null, property.Stands ? merits.Sum(c => c.PropertyFen ?? 0) / 100m : null,
            [.. SmallCells.Merge([.. cells]).Select(line => new MeritLine([.. line.Keys.Select(code => names[code])], line.Count))]);
    }

    private static List<OutcomeLine> LinesOf(IReadOnlyList<Cell> cells) => [.. SmallCells.Merge(cells).Select(line => new OutcomeLine(line.Keys, line.Count))];

    /// <summary>What a partition tells of one cell: its line, nothing where it was merged, none where it is empty and so has no line.</summary>
    private static int? CountOf(string key, IReadOnlyList<Merged> lines) => lines.FirstOrDefault(line => line.Keys.Contains(key)) switch
    {
        { Keys.Count: 1 } alone => alone.Count,
        null when lines.Count > 0 => 0,
        _ => null,
    };

    /// <summary>
    /// Cases that nobody had decided by a day although their time was over. Who declares a case complex does so in time, so that what was overdue stays it; a
    /// case that is reassigned later goes on as another of the same day, which is counted in its place. Counted by cases alone, as it tells of officers.
    /// </summary>
    private static async Task<int?> OverdueAsync(DateOnly last, Deadlines days, DispatchContext db, CancellationToken stop)
    {
        var (ordinary, complex) = (last.AddDays(-days.CaseDays), last.AddDays(-days.ComplexCaseDays));
        var due = db.Cases.Where(c => c.Kind != CaseKind.Merit
            && (c.ComplexOn == null && c.SubmittedOn <= ordinary || c.ComplexOn != null && c.SubmittedOn <= complex));
        var count = await due.CountAsync(c => CaseLife.Open.Contains(c.Status) && c.SubmittedOn <= last, stop)
            + await due.CountAsync(c => c.DecidedOn > last && c.Status != CaseStatus.Reassigned, stop);
        return count == 0 ? 0 : MonthView.FromFive(count);
    }

    private static decimal Percent(int part, int whole) => Math.Round(part * 100m / whole, 1, MidpointRounding.AwayFromZero);

    private static decimal Median(IEnumerable<int> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2m;
    }

    private sealed record Decided(
        bool IsMerit, CaseStatus Status, int DriverId, DateOnly SubmittedOn, DateOnly DecidedOn, bool IsComplex, string? Code, long? PropertyFen)
    {
        /// <summary>By the decision; what an objection, a reversal or a repair made of it later belongs to a later month.</summary>
        public bool IsUpheld => Status != CaseStatus.Dismissed && !CaseLife.Undecided.Contains(Status);

        public bool IsLate(Deadlines days) => DecidedOn > SubmittedOn.AddDays(IsComplex ? days.ComplexCaseDays : days.CaseDays);
    }
}
