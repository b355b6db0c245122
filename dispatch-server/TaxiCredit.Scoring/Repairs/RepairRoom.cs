using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Scoring.Repairs;

/// <summary>A deduction in force that counts in the month.</summary>
/// <param name="Entry">Of a decision.</param>
/// <param name="Left">What it still costs there: what it weighs, less what repairs of the same case gave back; zero or more.</param>
public sealed record LiveDeduction(LedgerEntry Entry, Points Left);

/// <summary>
/// What repairs can still give back in a credit file, from its entries alone (ADR 0072). A repair's <c>ConductOn</c> is the day it was asked for.
/// </summary>
public sealed class RepairRoom
{
    private readonly IReadOnlyList<LedgerEntry> _repairs;
    private readonly DateOnly? _lastConduct;

    private RepairRoom(IReadOnlyList<LiveDeduction> deductions, Points left, IReadOnlyList<LedgerEntry> repairs, DateOnly? lastConduct) =>
        (Deductions, Left, _repairs, _lastConduct) = (deductions, left, repairs, lastConduct);

    /// <summary>The oldest decision first.</summary>
    public IReadOnlyList<LiveDeduction> Deductions { get; }

    /// <summary>What all of them together still cost; a repair never gives back more than was lost.</summary>
    public Points Left { get; }

    /// <param name="rulebook">The one in force on the last day of <paramref name="month"/>.</param>
    /// <param name="month">The month in which the repair would be booked.</param>
    /// <param name="file">Entries of one driver in ascending sequence.</param>
    /// <param name="asked">Day on which it was asked for; conduct after it breaks no clean months before it.</param>
    public static RepairRoom Of(Rulebook rulebook, Month month, IReadOnlyList<LedgerEntry> file, DateOnly asked)
    {
        var terms = new TallyTerms(rulebook, month);
        var standing = InForce(file);
        var repairs = standing.FindAll(entry => entry.Kind == EntryKind.Repair);
        var deductions = standing.FindAll(entry => entry.Kind == EntryKind.Decision && entry.Points <= Points.Zero);
        var live = deductions.Where(entry => terms.IsLive(entry.DecidedOn)).OrderBy(entry => entry.DecidedOn).ThenBy(entry => entry.Sequence)
            .Select(entry => (Entry: entry, Lost: -entry.Points.Percent(terms.WeightPercent(Standing.Deduction, entry.DecidedOn)))).ToList();
        var lost = live.Aggregate(Points.Zero, (sum, entry) => sum + entry.Lost);
        var back = repairs.Where(entry => terms.IsLive(entry.DecidedOn)).Aggregate(Points.Zero, (sum, entry) => sum + entry.Points);
        return new(
            live.ConvertAll(entry => new LiveDeduction(entry.Entry, Points.Max(Points.Zero, entry.Lost - OfCase(entry.Entry.Case)))),
            Points.Max(Points.Zero, lost - back),
            repairs,
            deductions.Where(entry => entry.ConductOn <= asked).Max(entry => (DateOnly?)entry.ConductOn));

        Points OfCase(string of) => repairs.Where(entry => entry.Case == of).Aggregate(Points.Zero, (sum, entry) => sum + entry.Points);
    }

    /// <summary>First day on which the months without an upheld deduction are over, counted from the last conduct; null where there was none.</summary>
    public DateOnly? CleanFrom(RepairRule rule) => _lastConduct?.AddMonths(rule.CleanMonths);

    /// <summary>First day on which the rule may be asked for again; null where it never was booked.</summary>
    public DateOnly? AgainFrom(RepairRule rule) =>
        _repairs.Where(entry => entry.Code == rule.Id).Max(entry => (DateOnly?)entry.ConductOn)?.AddMonths(rule.EveryMonths);

    /// <summary>What a repair by that rule books for a deduction: at most what the rule gives, what that one still costs, and what all together do.</summary>
    public Points Booked(RepairRule rule, LiveDeduction deduction) => Points.Min(rule.Points, Points.Min(deduction.Left, Left));

    /// <summary>From the last to the first: a reversal that a later one took back no longer reverses.</summary>
    private static List<LedgerEntry> InForce(IReadOnlyList<LedgerEntry> file)
    {
        var reversed = new HashSet<long>();
        foreach (var entry in file.Reverse())
        {
            if (entry.Kind == EntryKind.Reversal && !reversed.Contains(entry.Sequence)) reversed.Add(entry.Reverses!.Value);
        }

        return [.. file.Where(entry => entry.Kind != EntryKind.Reversal && !reversed.Contains(entry.Sequence))];
    }
}
