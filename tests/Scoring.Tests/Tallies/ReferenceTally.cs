using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

/// <summary>
/// The rules of docs/adr/0002-scoring-rules.md once more, from that text alone: sentence by sentence, in decimal points, searching the whole history for
/// every question. Slow and plain on purpose; it shares types with the tally, but not a line of its logic.
/// </summary>
internal sealed class ReferenceTally(Rulebook rulebook, Month month, DriverFacts facts, IReadOnlyList<LedgerEntry> ledger)
{
    public decimal Points => Math.Min(Ceiling, Math.Max(Floor, Base - Lost + Merit));

    public int StarsByPoints => rulebook.Stars.Where(band => band.From.ToDecimal() <= Points).Max(band => band.Stars);

    public int? Stars =>
        facts.DaysOnShift < rulebook.ProbationDaysOnShift ? null : Counting.Min(entry => entry.MaxStars) is { } most ? Math.Min(AfterDrop, most) : AfterDrop;

    /// <summary>What an entry counts for itself, before the limits on repair and merit.</summary>
    public decimal CountedFor(long sequence) =>
        Deductions.Concat(Repairs).Concat(Merits).SingleOrDefault(entry => entry.Sequence == sequence) is { } entry ? Weighed(entry) : 0;

    private decimal Base => rulebook.Base.ToDecimal();

    private decimal Floor => rulebook.Floor.ToDecimal();

    private decimal Ceiling => rulebook.Ceiling.ToDecimal();

    // Rule 10
    private int AfterDrop =>
        facts.PreviousStars is { } previous && rulebook.LargestDrop is { } drop && StarsByPoints < previous - drop ? previous - drop : StarsByPoints;

    // Rules 1 and 2
    private int Age(LedgerEntry entry) => ((month.Year - entry.DecidedOn.Year) * 12) + month.Number - entry.DecidedOn.Month;

    private bool IsLive(LedgerEntry entry) =>
        Age(entry) >= 0 && (rulebook.Window.Kind == WindowKind.CalendarYear ? entry.DecidedOn.Year == month.Year : Age(entry) < rulebook.Window.Months);

    // Rule 3
    private bool IsTakenBack(LedgerEntry entry) =>
        ledger.Any(other => other.Kind == EntryKind.Reversal && other.Reverses == entry.Sequence && !IsTakenBack(other));

    private List<LedgerEntry> Counting => field ??= [.. ledger.Where(entry => entry.Kind != EntryKind.Reversal && IsLive(entry) && !IsTakenBack(entry))];

    private IEnumerable<LedgerEntry> Deductions => Counting.Where(entry => entry.Kind == EntryKind.Decision && entry.Points.ToDecimal() <= 0);

    private IEnumerable<LedgerEntry> Repairs => Counting.Where(entry => entry.Kind == EntryKind.Repair);

    // Rule 4
    private decimal Weighed(LedgerEntry entry)
    {
        var ages = entry.Kind == EntryKind.Decision && (entry.Points.ToDecimal() <= 0 || rulebook.Merit.Age);
        var weight = ages ? rulebook.Ageing.Last(step => step.FromMonths <= Age(entry)).WeightPercent : 100;
        return RoundedUp(entry.Points.ToDecimal() * weight / 100);
    }

    // Rule 5
    private List<LedgerEntry> Merits
    {
        get
        {
            if (field is not null) return field;
            var merits = Counting.Where(entry => entry.Kind == EntryKind.Decision && entry.Points.ToDecimal() > 0).ToList();
            return field =
                [.. merits.Where(merit => rulebook.Codes.FirstOrDefault(code => code.Id == merit.Code)?.Cap is not { } cap
                    || RankOf(merit, merits, cap) <= cap.Count)];
        }
    }

    private int RankOf(LedgerEntry merit, List<LedgerEntry> merits, MeritCap cap)
    {
        var rivals = merits.Where(rival => rival.Code == merit.Code && (cap.Per == CapPeriod.Window || QuarterOf(rival) == QuarterOf(merit)));
        return 1 + rivals.OrderByDescending(Weighed).ThenBy(rival => rival.Sequence).ToList().IndexOf(merit);
    }

    private static (int Year, int Quarter) QuarterOf(LedgerEntry entry) =>
        (entry.DecidedOn.Year, entry.DecidedOn.Month switch { <= 3 => 1, <= 6 => 2, <= 9 => 3, _ => 4 });

    // Rule 6
    private decimal Lost
    {
        get
        {
            var deducted = -Deductions.Sum(Weighed);
            return deducted - Math.Min(Repairs.Sum(Weighed), deducted);
        }
    }

    // Rule 7
    private decimal Merit
    {
        get
        {
            var merit = Math.Min(Merits.Sum(Weighed), rulebook.Merit.Limit.ToDecimal());
            return Lost > 0 && rulebook.Merit.OffsetPercent is { } percent ? Math.Min(merit, RoundedUp(Lost * percent / 100)) : merit;
        }
    }

    private static decimal RoundedUp(decimal points) => Math.Ceiling(points * 100) / 100;
}
