using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>A line of the explanation, with what the ledger and the rulebook say of the entry behind it.</summary>
internal sealed record ExplanationLine(
    string Kind, long? Sequence, string? Code, string? ConductZh, string? ConductEn, string? Source, DateOnly? ConductOn, DateOnly? DecidedOn, string? Case,
    decimal Nominal, int WeightPercent, decimal Counted, decimal Running, int? StarsBefore, int? StarsAfter, string Reason, string Text, string? SourceZh);

/// <summary>What a close computed for a driver, recomputed from the ledger up to the sequence that the close read.</summary>
/// <param name="Stars">0 to 4; null is unrated.</param>
internal sealed record TallyView(
    string Driver, string Period, int Revision, string Status, string Rulebook, long LedgerSequence, decimal Points, int? Stars, int StarsByPoints,
    int? PreviousStars, int DaysOnShift, IReadOnlyList<ExplanationLine> Lines)
{
    /// <summary>The rulebook itself, for pages that tell its reasons in another language.</summary>
    internal Rulebook Rules { get; init; } = null!;
}

internal static class Explanation
{
    public static async Task<Outcome<TallyView>> OfAsync(string driverCode, string period, int? revision, Desk desk, CancellationToken stop)
    {
        var db = desk.Db;
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == driverCode, stop);
        if (driver is null)
            return RosterRules.NoDriver(driverCode);
        var close = await db.Closes.AsNoTracking()
            .Where(c => c.Period == period && (revision == null ? c.Status == CloseStatus.Published : c.Revision == revision))
            .OrderByDescending(c => c.Revision).FirstOrDefaultAsync(stop);
        if (close is null)
            return Refusal.Missing("month-not-published", $"{period} {(revision is null ? "is not published" : $"has no revision {revision}")}; see GET /api/v1/months.");
        var rating = await db.Ratings.AsNoTracking().SingleOrDefaultAsync(r => r.CloseId == close.Id && r.DriverId == driver.Id, stop);
        if (rating is null)
            return Refusal.Missing("driver-not-rated", $"{driverCode} was not on the roster when {period} was closed.");

        var rulebook = desk.Rulebooks.Versions.Single(v => v.Id == close.RulebookId && v.EffectiveFrom == close.RulebookFrom);
        var rows = await db.Ledger.AsNoTracking().Where(e => e.DriverId == driver.Id && e.Sequence <= close.LedgerSequence).OrderBy(e => e.Sequence).ToListAsync(stop);
        var facts = new DriverFacts(driver.Code, rating.DaysOnShift, rating.PreviousStars);
        var tally = Tallier.Run(rulebook, Month.Parse(period), facts, rows.Select(r => r.ToEntry()));
        var bySequence = rows.ToDictionary(r => r.Sequence);
        return new TallyView(
            driver.Code, period, close.Revision, close.Status.ToString(), $"{rulebook.Id} {rulebook.EffectiveFrom:yyyy-MM-dd}", close.LedgerSequence,
            tally.Points.ToDecimal(), tally.Stars, tally.StarsByPoints, rating.PreviousStars, rating.DaysOnShift,
            [.. tally.Lines.Select(line => Line(line, line.Sequence is { } s ? bySequence[s] : null, desk.Rulebooks))])
        {
            Rules = rulebook,
        };
    }

    private static ExplanationLine Line(TallyLine line, Data.Ledger.LedgerRow? entry, InstalledRulebooks rulebooks)
    {
        ConductCode? conduct = entry is null ? null : rulebooks.InForceOn(entry.ConductOn).Value.Find(entry.Code);
        return new(
            line.Kind.ToString(), line.Sequence, line.Code, conduct?.Zh, conduct?.En, conduct?.Source, entry?.ConductOn, entry?.DecidedOn, entry?.Case,
            line.Nominal.ToDecimal(), line.WeightPercent, line.Counted.ToDecimal(), line.Running.ToDecimal(), line.StarsBefore, line.StarsAfter, line.Reason, line.Text, conduct?.SourceZh);
    }
}
