using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Components.Rules;

/// <summary>A rulebook's figures as sentences in the reader's language. A rule that it does not have has no sentence.</summary>
internal sealed class RulebookSentences(IStringLocalizer<RulebookTexts> texts, Words words)
{
    /// <summary>How points become stars, in the order in which a tally goes (ADR 0002).</summary>
    public IEnumerable<string> OfCounting(Rulebook rules)
    {
        yield return texts["Base", Words.InSentence(rules.Base.ToDecimal())];
        yield return rules.Window.Kind == WindowKind.Rolling ? texts["Window.Rolling", rules.Window.Months] : texts["Window.CalendarYear"];
        foreach (var step in rules.Ageing.Skip(1))
            yield return texts[rules.Merit.Age ? "Ageing.All" : "Ageing", step.FromMonths, step.WeightPercent];
        yield return texts["Merit.Limit", Words.InSentence(rules.Merit.Limit.ToDecimal())];
        if (rules.Merit.OffsetPercent is { } offset)
            yield return texts["Merit.Offset", offset];
        yield return texts["Bounds", Words.InSentence(rules.Floor.ToDecimal()), Words.InSentence(rules.Ceiling.ToDecimal())];
        if (rules.LargestDrop is { } drop)
            yield return texts["LargestDrop", words.Of(drop)];
        if (rules.Codes.Any(code => code.MaxStars is not null))
            yield return texts["MaxStars"];
        if (rules.ProbationDaysOnShift > 0)
            yield return texts["Probation", rules.ProbationDaysOnShift];
    }

    /// <summary>How often it counts, or what it limits the stars to; empty for neither.</summary>
    public string OfLimit(ConductCode code) => code switch
    {
        { MaxStars: { } most } => texts["Limit.MaxStars", words.Of(most)],
        { Cap: { Per: CapPeriod.Quarter } cap } => Words.Plural(texts, "Limit.Quarter", cap.Count),
        { Cap: { } cap } => Words.Plural(texts, "Limit.Window", cap.Count),
        _ => "",
    };

    /// <summary>What the bureau owes a driver and by when, and how points come back.</summary>
    public IEnumerable<string> OfRights(Rulebook rules)
    {
        var deadlines = rules.Deadlines;
        yield return texts["Deadline.Hearing", deadlines.HearingDays];
        yield return texts["Deadline.Case", deadlines.CaseDays, deadlines.ComplexCaseDays];
        yield return texts["Deadline.Objection", deadlines.ObjectionDays];
        yield return texts["Deadline.Ruling", deadlines.RulingWorkingDays];
        foreach (var repair in rules.Repair)
        {
            yield return texts[
                repair.CleanMonths > 0 ? "Repair.Clean" : "Repair", Words.Conduct(repair.Zh, repair.En)!, Words.InSentence(repair.Points.ToDecimal()),
                repair.EveryMonths, repair.CleanMonths];
        }
    }
}
