using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>The reason of a tally's line in the reader's language, with the rulebook's figures.</summary>
internal sealed class LineReasons(IStringLocalizer<TallyTexts> texts, Words words)
{
    public static bool IsAboutStars(ExplanationLine line) => line is { Counted: 0, Nominal: 0 } && (line.StarsBefore ?? line.StarsAfter) is not null;

    public string Of(ExplanationLine line, TallyView tally)
    {
        var rulebook = tally.Rules;
        return line.Reason switch
        {
            Reasons.Opening => texts["Line.opening", Words.InSentence(line.Nominal)],
            Reasons.MeritLimit => texts["Line.merit-limit", Words.InSentence(rulebook.Merit.Limit.ToDecimal())],
            Reasons.Offset => texts["Line.offset", rulebook.Merit.OffsetPercent!],
            Reasons.Floor => texts["Line.floor", Words.InSentence(rulebook.Floor.ToDecimal())],
            Reasons.Ceiling => texts["Line.ceiling", Words.InSentence(rulebook.Ceiling.ToDecimal())],
            Reasons.Stars => texts["Line.stars", Words.InSentence(FromOf(line, rulebook)), words.Of(line.StarsAfter)],
            Reasons.LargestDrop => texts["Line.largest-drop", words.Of(rulebook.LargestDrop), words.Of(tally.PreviousStars)],
            Reasons.Override => texts["Line.override", $"{line.Code} {Words.Conduct(line.ConductZh!, line.ConductEn!)}", words.Of(line.StarsAfter)],
            Reasons.Probation => texts["Line.probation", tally.DaysOnShift, rulebook.ProbationDaysOnShift],
            _ => texts[$"Line.{line.Reason}", line.WeightPercent],
        };
    }

    private static decimal FromOf(ExplanationLine line, Rulebook rulebook) => rulebook.Stars.First(band => band.Stars == line.StarsAfter).From.ToDecimal();
}
