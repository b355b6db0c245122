using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>A line of the explanation, with what the ledger and the rulebook say of the entry behind it.</summary>
public sealed record ExplanationLine(
    string Kind, long? Sequence, string? Code, string? ConductZh, string? ConductEn, string? Source, DateOnly? ConductOn, DateOnly? DecidedOn, string? Case,
    decimal Nominal, int WeightPercent, decimal Counted, decimal Running, int? StarsBefore, int? StarsAfter, string Reason, string Text, string? SourceZh);

/// <summary>What a close computed for a driver, recomputed from the ledger up to the sequence that the close read.</summary>
/// <param name="Stars">0 to 4; null is unrated.</param>
public sealed record TallyView(
    string Driver, string Period, int Revision, string Status, string Rulebook, long LedgerSequence, decimal Points, int? Stars, int StarsByPoints,
    int? PreviousStars, int DaysOnShift, IReadOnlyList<ExplanationLine> Lines)
{
    /// <summary>The rulebook itself, for pages that tell its reasons in another language.</summary>
    internal Rulebook Rules { get; init; } = null!;

    /// <summary>The driver's entries that the tally read, and more: in ascending sequence, those outside the window too.</summary>
    internal IReadOnlyList<LedgerEntry> Entries { get; init; } = [];

    internal DriverFacts Facts => new(Driver, DaysOnShift, PreviousStars);
}

internal static class Explanation
{
    public static async Task<Outcome<TallyView>> OfAsync(string driverCode, string period, int? revision, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == driverCode, stop);
        if (driver is null)
            return RosterRules.NoDriver(driverCode);
        var close = await db.Closes.AsNoTracking()
            .Where(c => c.Period == period && (revision == null ? c.Status == CloseStatus.Published : c.Revision == revision && c.Status != CloseStatus.Open))
            .OrderByDescending(c => c.Revision).FirstOrDefaultAsync(stop);
        if (close is null)
        {
            return Refusal.Missing(
                "month-not-published", $"{period} {(revision is null ? "is not published" : $"has no revision {revision}")}; see GET /api/v1/months.");
        }

        var rating = await db.Ratings.AsNoTracking().SingleOrDefaultAsync(r => r.CloseId == close.Id && r.DriverId == driver.Id, stop);
        if (rating is null)
            return Refusal.Missing("driver-not-rated", $"{driverCode} was not on the roster when {period} was closed.");

        if (await db.RulebookOfAsync(close, stop) is not { } rulebook)
            return RulebookOfClose.Gone(close);
        var facts = new DriverFacts(driver.Code, rating.DaysOnShift, rating.PreviousStars);
        var told = await TellAsync(driver.Id, facts, rulebook, close, context, stop);
        return told.Points == new Points(rating.Points).ToDecimal() && told.Stars == rating.Stars
            ? told
            : Refusal.Conflict(
                "explanation-differs",
                $"{period}, revision {close.Revision}, gave {driver.Code} {new Points(rating.Points)} points and {StarsOf(rating.Stars)}; the ledger gives "
                + $"{told.Points:F2} and {StarsOf(told.Stars)} today. What cannot be reproduced is not explained; run verify.");
    }

    /// <summary>The month that runs at the bureau, as it would come out if it ended today: revision 0, <c>Open</c>. Nothing of it is stored.</summary>
    public static async Task<Outcome<TallyView>> SoFarAsync(string driverCode, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == driverCode, stop);
        if (driver is null)
            return RosterRules.NoDriver(driverCode);
        var month = Month.Of(context.Today);
        var rulebook = context.Rulebooks.InForceOn(month.LastDay);
        if (rulebook.Refusal is not null)
            return rulebook.Refusal;

        var before = await PublishedRatings.NewestRevisions(db).OrderByDescending(c => c.Period).Select(c => (int?)c.Id).FirstOrDefaultAsync(stop);
        var stars = await db.Ratings.Where(r => r.CloseId == before && r.DriverId == driver.Id).Select(r => r.Stars).SingleOrDefaultAsync(stop);
        var days = await FactsOfDrivers.DaysOnShiftAsync(db, db.Shifts.Where(s => s.DriverId == driver.Id), context.Today, stop);
        var facts = new DriverFacts(driver.Code, days.GetValueOrDefault(driver.Id), stars);
        var open = new Close { Period = month.ToString(), Revision = 0, LedgerSequence = await db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0 };
        return await TellAsync(driver.Id, facts, rulebook.Value, open, context, stop);
    }

    private static async Task<TallyView> TellAsync(
        int driverId, DriverFacts facts, Rulebook rulebook, Close close, OperationContext context, CancellationToken stop)
    {
        var rows = await context.Db.Ledger.AsNoTracking().Where(e => e.DriverId == driverId && e.Sequence <= close.LedgerSequence)
            .OrderBy(e => e.Sequence).ToListAsync(stop);
        return Tell(close, facts, rulebook, rows.ConvertAll(row => row.ToEntry()), WordsOf(rulebook, context.Rulebooks));
    }

    /// <summary>Tallies a month, and tells each line in the words of the day of its conduct.</summary>
    /// <param name="entries">In ascending sequence; those outside the window may be among them.</param>
    internal static TallyView Tell(
        Close close, DriverFacts facts, Rulebook rulebook, IReadOnlyList<LedgerEntry> entries, Func<DateOnly, Rulebook> wordsOn)
    {
        var tally = Tallier.Run(rulebook, Month.Parse(close.Period), facts, entries);
        var bySequence = entries.ToDictionary(e => e.Sequence);
        return new TallyView(
            facts.Driver, close.Period, close.Revision, close.Status.ToString(), $"{rulebook.Id} {rulebook.EffectiveFrom:yyyy-MM-dd}", close.LedgerSequence,
            tally.Points.ToDecimal(), tally.Stars, tally.StarsByPoints, facts.PreviousStars, facts.DaysOnShift,
            [.. tally.Lines.Select(line => Line(line, line.Sequence is { } s ? bySequence[s] : null, wordsOn))])
        {
            Rules = rulebook,
            Entries = entries,
        };
    }

    /// <param name="rulebook">The month's, in the words with which it was closed; of other days those that are installed.</param>
    internal static Func<DateOnly, Rulebook> WordsOf(Rulebook rulebook, InstalledRulebooks rulebooks) =>
        day => rulebooks.InForceOn(day).Value is { } other && other.EffectiveFrom != rulebook.EffectiveFrom ? other : rulebook;

    /// <param name="entry">What the line counts; null for a line about the file as a whole.</param>
    private static ExplanationLine Line(TallyLine line, LedgerEntry? entry, Func<DateOnly, Rulebook> wordsOn)
    {
        if (entry is null)
            return Line(line, entry, conduct: null);
        var words = wordsOn(entry.ConductOn);
        var told = Line(line, entry, words.Find(entry.Code));
        // The codes of conduct and of repairs are distinct.
        return entry.Kind == EntryKind.Repair && words.Repair.FirstOrDefault(rule => rule.Id == entry.Code) is { } repair
            ? told with { ConductZh = repair.Zh, ConductEn = repair.En, Source = repair.Source, SourceZh = repair.SourceZh }
            : told;
    }

    /// <param name="conduct">What the entry counts; null for a line without one, or for a code that no rulebook has.</param>
    private static ExplanationLine Line(TallyLine line, LedgerEntry? entry, ConductCode? conduct) =>
        new(
            line.Kind.ToString(), line.Sequence, line.Code, conduct?.Zh, conduct?.En, conduct?.Source, entry?.ConductOn, entry?.DecidedOn, entry?.Case,
            line.Nominal.ToDecimal(), line.WeightPercent, line.Counted.ToDecimal(), line.Running.ToDecimal(), line.StarsBefore, line.StarsAfter,
            line.Reason, line.Text, conduct?.SourceZh);

    private static string StarsOf(int? stars) => stars is { } lit ? $"{lit} stars" : "no stars";
}
