using System.Globalization;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>Writes down, line by line, what a tally did. Decides nothing; anything that does not add up to the settled points is a bug and throws.</summary>
internal sealed class Explanation(Rulebook rulebook)
{
    private readonly List<TallyLine> _lines = [];
    private Points _running;

    public IReadOnlyList<TallyLine> Write(in DriverFacts facts, ReadOnlySpan<LiveEntry> entries, in Sums sums, in Settlement settlement)
    {
        Opening();
        foreach (ref readonly var entry in entries) Entry(entry);
        Limits(settlement);
        if (_running != settlement.Points)
            throw new InvalidOperationException($"The explanation for {facts.Driver} adds up to {_running}, the tally to {settlement.Points}.");
        Stars(facts, entries, sums, settlement);
        return _lines;
    }

    private void Opening() =>
        Add(Line(LineKind.Opening, Reasons.Opening, $"Every file starts with {rulebook.Base} points.") with
        {
            Nominal = rulebook.Base,
            Counted = rulebook.Base,
        });

    private void Entry(in LiveEntry entry)
    {
        var what = $"{NameOf(entry.Code)}, decided on {entry.DecidedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        var aged = entry.WeightPercent < 100 ? $", weighs {entry.WeightPercent} % by its age" : "";
        var (reason, text, counts) = entry.Standing switch
        {
            Standing.Deduction => (Reasons.Deduction, $"{what}{aged}.", true),
            Standing.Merit => (Reasons.Merit, $"{what}{aged}.", true),
            Standing.Repair => (Reasons.Repair, $"{what}.", true),
            Standing.Capped => (Reasons.Capped, $"{what}: not counted, others use up its cap.", false),
            Standing.Reversed => (Reasons.Reversed, $"{what}: not counted, it was reversed.", false),
            _ => (Reasons.Reversal, $"Reversal of {what}.", false),
        };
        Add(Line(LineKind.Entry, reason, text) with
        {
            Sequence = entry.Sequence,
            Code = entry.Code,
            Nominal = entry.Points,
            WeightPercent = entry.WeightPercent,
            Counted = counts ? entry.Weighed : Points.Zero,
        });
    }

    private void Limits(in Settlement settlement)
    {
        Limit(LineKind.RepairLimit, Reasons.RepairLimit, settlement.RepairLimit, "Repair gives back no more than was lost.");
        Limit(LineKind.MeritLimit, Reasons.MeritLimit, settlement.MeritLimit, $"Merits count at most {rulebook.Merit.Limit} points.");
        Limit(LineKind.Offset, Reasons.Offset, settlement.Offset, $"Merits offset at most {rulebook.Merit.OffsetPercent} % of what is lost.");
        if (settlement.Clamp > Points.Zero) Limit(LineKind.Clamp, Reasons.Floor, settlement.Clamp, $"A file never falls below {rulebook.Floor} points.");
        else Limit(LineKind.Clamp, Reasons.Ceiling, settlement.Clamp, $"A file never rises above {rulebook.Ceiling} points.");
    }

    private void Limit(LineKind kind, string reason, Points change, string text)
    {
        if (change != Points.Zero) Add(Line(kind, reason, text) with { Counted = change });
    }

    private void Stars(in DriverFacts facts, ReadOnlySpan<LiveEntry> entries, in Sums sums, in Settlement settlement)
    {
        var band = settlement.Band;
        var label = band.Label is null ? "" : $" ({band.Label})";
        Add(Line(LineKind.Stars, Reasons.Stars, $"{band.From} points or more earn {StarsOf(band.Stars)}{label}.") with { StarsAfter = band.Stars });
        if (settlement.AfterDrop != band.Stars)
        {
            var text = $"Points cost at most {StarsOf(rulebook.LargestDrop)} in a month, and the month before had {StarsOf(facts.PreviousStars)}.";
            Add(Line(LineKind.LargestDrop, Reasons.LargestDrop, text) with { StarsBefore = band.Stars, StarsAfter = settlement.AfterDrop });
        }

        if (settlement.AfterOverride != settlement.AfterDrop) Override(entries[sums.Limiter], settlement);
        if (settlement.Stars is null)
        {
            var text = $"Not rated yet: {facts.DaysOnShift} of {rulebook.ProbationDaysOnShift} days on shift.";
            Add(Line(LineKind.Probation, Reasons.Probation, text) with { StarsBefore = settlement.AfterOverride });
        }
    }

    private void Override(in LiveEntry limiter, in Settlement settlement) =>
        Add(Line(LineKind.Override, Reasons.Override, $"{NameOf(limiter.Code)} allows at most {StarsOf(limiter.MaxStars)}.") with
        {
            Sequence = limiter.Sequence,
            Code = limiter.Code,
            StarsBefore = settlement.AfterDrop,
            StarsAfter = settlement.AfterOverride,
        });

    /// <summary>A line that adds nothing yet.</summary>
    private static TallyLine Line(LineKind kind, string reason, string text) =>
        new(kind, null, null, Points.Zero, 100, Points.Zero, Points.Zero, null, null, reason, text);

    private void Add(TallyLine line)
    {
        _running += line.Counted;
        _lines.Add(line with { Running = _running });
    }

    private static string StarsOf(int? count) => count == 1 ? "1 star" : $"{count} stars";

    private string NameOf(string code)
    {
        if (code.Length == 0) return "Repair";
        var name = rulebook.Find(code)?.En ?? rulebook.Repair.FirstOrDefault(repair => repair.Id == code)?.En;
        return name is null ? code : $"{code} {name}";
    }
}
