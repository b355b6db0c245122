using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.Prospects;

/// <summary>
/// What an entry that nobody has booked yet would do to a driver's running month: its tally without the entry and with it, as if the month closed
/// with what is in the ledger now and the driver stayed on shift. Nothing is stored.
/// </summary>
/// <param name="Through">Last entry of the driver's file that was read; 0 for an empty file. Another number means another prospect.</param>
/// <param name="Entry">The entry.</param>
internal sealed record Prospect(Rulebook Rules, long Through, LedgerEntry Entry, Tally Without, Tally With)
{
    /// <summary>The line that tells how the entry counts; null where it lies outside the month's window.</summary>
    public TallyLine? Line => With.Lines.FirstOrDefault(line => line.Sequence == Entry.Sequence);

    public Points Change => With.Points - Without.Points;

    public static Prospect Of(Rulebook rulebook, Month month, DriverFacts facts, IReadOnlyList<LedgerEntry> file, LedgerEntry entry) => new(
        rulebook,
        file.Count == 0 ? 0 : file[^1].Sequence,
        entry,
        Tallier.Run(rulebook, month, facts, file),
        Tallier.Run(rulebook, month, facts, file.Append(entry)));

    /// <summary>Of upholding a case today.</summary>
    public static Task<Outcome<Prospect>> OfDecisionAsync(Case report, ConductCode conduct, OperationContext context, CancellationToken stop) => OfAsync(
        report.Driver,
        new(
            report.DriverId, report.Driver.Code, EntryKind.Decision, conduct.Id, conduct.Points, conduct.MaxStars, report.ConductOn, context.Today,
            report.Number, null),
        context,
        stop);

    /// <summary>Of reversing today what a case has booked, or, where that is reversed, of putting it in force again.</summary>
    public static async Task<Outcome<Prospect>> OfReversalAsync(Case report, OperationContext context, CancellationToken stop)
    {
        var (last, _) = await context.Db.ReversalsOfAsync(report.CountsBy!.Value, stop);
        return await OfAsync(report.Driver, NewEntry.Reversing(last, context.Today), context, stop);
    }

    private static async Task<Outcome<Prospect>> OfAsync(Driver driver, NewEntry entry, OperationContext context, CancellationToken stop)
    {
        var running = await RunningMonth.OfAsync(driver, context, stop);
        return running.Refusal is null
            ? Of(running.Value.Rules, running.Value.Month, running.Value.Facts, running.Value.File, running.Value.Next(entry))
            : running.Refusal;
    }

    /// <summary>Days up to the last on which the driver was signed on, an open shift going on; a day counts once.</summary>
    internal static int DaysOnShift(IEnumerable<Shift> shifts, DateOnly last) =>
        shifts.Where(s => s.OnDay <= last)
            .SelectMany(s => Enumerable.Range(s.OnDay.DayNumber, (s.OffDay < last ? s.OffDay.Value : last).DayNumber - s.OnDay.DayNumber + 1))
            .Distinct().Count();
}
