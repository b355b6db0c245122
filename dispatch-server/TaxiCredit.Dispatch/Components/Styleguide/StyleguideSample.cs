using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Components.Styleguide;

/// <summary>What the styleguide shows in sheets and charts: nobody's file, tallied by the installed rulebook.</summary>
internal sealed class StyleguideSample
{
    private static readonly Month Running = new(2018, 1);

    public StyleguideSample(InstalledRulebooks rulebooks)
    {
        var rules = rulebooks.InForceOn(Running.LastDay).Value;
        var conduct = rules.Codes.First(code => code.Category == ConductCategory.Service);
        var (first, second) = (Entry(1, conduct, Running.FirstDay), Entry(2, conduct, Running.LastDay));
        Prospect = Prospect.Of(rules, Running, new("d-0001", DaysOnShift: 365, PreviousStars: 4), [first], second);
        Tally = new(
            "d-0001", $"{Running}", 1, "Published", $"{rules.Id} {rules.EffectiveFrom:yyyy-MM-dd}", 2, Prospect.With.Points.ToDecimal(), Prospect.With.Stars,
            Prospect.With.StarsByPoints, 4, 365,
            [.. Prospect.With.Lines.Select(line => Explanation.Line(line, line.Sequence switch { 1 => first, 2 => second, _ => null }, rules, rulebooks))])
        {
            Rules = rules,
        };
    }

    public static IReadOnlyList<RatedMonth> Year { get; } = [.. Enumerable.Range(1, 12).Select(month => month < 3
        ? new RatedMonth($"2017-{month:D2}", 0, null, null)
        : new RatedMonth($"2017-{month:D2}", 1, month % 5, 960 + (10 * (month % 5))))];

    /// <summary>A second entry next to a first.</summary>
    public Prospect Prospect { get; }

    public TallyView Tally { get; }

    private static LedgerEntry Entry(long sequence, ConductCode conduct, DateOnly day) =>
        new(sequence, "d-0001", EntryKind.Decision, conduct.Id, conduct.Points, null, day, day, $"c-00000{sequence}", null, "");
}
