using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>What an example shows.</summary>
internal enum WorkedCase
{
    /// <summary>One deduction in the month.</summary>
    OneDeduction,

    /// <summary>A deduction that is as old as ageing goes, beside two merits.</summary>
    OlderDeductionAndMerits,

    /// <summary>The conduct that costs most stars.</summary>
    GraveConduct,
}

/// <param name="Tally">Its driver is nobody.</param>
internal sealed record WorkedExample(WorkedCase Case, TallyView Tally);

/// <summary>Nobody's files, tallied by a version of the rulebook with the code that tallies the city, so that a reader can follow its arithmetic.</summary>
internal static class WorkedExamples
{
    private const string Driver = "example";

    /// <summary>One of each kind. They lie in the twelfth month of the version, so that a whole window is behind them.</summary>
    public static IReadOnlyList<WorkedExample> Of(Rulebook rules)
    {
        var month = Month.Of(rules.EffectiveFrom).AddMonths(11);
        var deduction = rules.Codes.First(code => code.Points < Points.Zero);
        var merits = rules.Codes.Where(code => code.Category == ConductCategory.Merit).Take(2).ToList();
        var grave = rules.Codes.Where(code => code.Category != ConductCategory.Merit)
            .OrderBy(code => code.MaxStars ?? 4).ThenBy(code => code.Points.Hundredths).First();
        var old = month.AddMonths(-Math.Max(1, rules.Ageing[^1].FromMonths));
        return
        [
            new(WorkedCase.OneDeduction, Tally(rules, month, (deduction, month))),
            new(WorkedCase.OlderDeductionAndMerits, Tally(rules, month, [(deduction, old), .. merits.Select(merit => (merit, month))])),
            new(WorkedCase.GraveConduct, Tally(rules, month, (grave, month))),
        ];
    }

    private static TallyView Tally(Rulebook rules, Month month, params (ConductCode Conduct, Month In)[] booked)
    {
        var entries = booked.Select((one, index) => Entry(index + 1, one.Conduct, one.In.FirstDay)).ToList();
        var facts = new DriverFacts(Driver, DaysOnShift: Math.Max(365, rules.ProbationDaysOnShift), PreviousStars: rules.Stars[0].Stars);
        var close = new Close { Period = $"{month}", Revision = 0, LedgerSequence = entries.Count };
        var tally = Explanation.Tell(close, facts, rules, entries, _ => rules);
        return tally with { Lines = [.. tally.Lines.Select(line => line with { Case = null })] };
    }

    private static LedgerEntry Entry(long sequence, ConductCode conduct, DateOnly day) =>
        new(sequence, Driver, EntryKind.Decision, conduct.Id, conduct.Points, conduct.MaxStars, day, day, "", null, "");
}
