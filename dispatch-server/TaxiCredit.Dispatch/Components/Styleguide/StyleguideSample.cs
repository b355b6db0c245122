using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

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
        var facts = new DriverFacts("d-0001", DaysOnShift: 365, PreviousStars: 4);
        Prospect = Prospect.Of(rules, Running, facts, [first], second);
        var close = new Close { Period = $"{Running}", Revision = 1, Status = CloseStatus.Published, LedgerSequence = 2 };
        Tally = Explanation.Tell(close, facts, rules, [first, second], Explanation.WordsOf(rules, rulebooks));
    }

    public static IReadOnlyList<RatedMonth> Year { get; } = [.. Enumerable.Range(1, 12).Select(month => month < 3
        ? new RatedMonth($"2017-{month:D2}", 0, null, null)
        : new RatedMonth($"2017-{month:D2}", 1, month % 5, 960 + (10 * (month % 5))))];

    /// <summary>One of each, and two that were merged.</summary>
    public static IReadOnlyList<OutcomeLine> Outcomes { get; } = [new(["upheld"], 31), new(["dismissed", "closed"], 12)];

    /// <summary>A second entry next to a first.</summary>
    public Prospect Prospect { get; }

    public TallyView Tally { get; }

    private static LedgerEntry Entry(long sequence, ConductCode conduct, DateOnly day) =>
        new(sequence, "d-0001", EntryKind.Decision, conduct.Id, conduct.Points, null, day, day, $"c-00000{sequence}", null, "");
}
