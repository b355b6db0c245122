using System.Globalization;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Dispatch.Features.Statistics;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <param name="What">The conduct, or what the line does.</param>
/// <param name="Reason">Why it counts as it does.</param>
/// <param name="Decision">What the decider wrote.</param>
/// <param name="Rule">What the rule is taken from.</param>
/// <param name="Entry">Number in the city's ledger, which the chain covers.</param>
internal sealed record ReportLine(
    string What, string Reason, string? Decision, string? Code, string? Rule, string? Case, long? Entry, DateOnly? ConductOn, DateOnly? DecidedOn,
    decimal Booked, int WeightPercent, decimal Counts, decimal Total);

internal sealed record ReportMatter(
    string Code, string Conduct, DateOnly On, int? FromHour, int? ToHour, string Place, string When, DateOnly AnswerBy);

/// <summary>A credit report in one language: what the PDF prints is what the JSON says.</summary>
internal sealed record ReportFile(
    string Title, string Language, string Driver, string Name, string Team, string HomeCab, DateTimeOffset MadeAt, DateOnly BureauDay, string? Synthetic,
    string Period, string Provisional, string Rulebook, int DaysOnShift, decimal Points, int? Stars, IReadOnlyList<ReportLine> Lines,
    IReadOnlyList<string> NextStar, IReadOnlyList<RatedMonth> Months, IReadOnlyList<double>? ChancesOfStars, IReadOnlyList<string> Certainty,
    IReadOnlyList<ReportMatter> OpenMatters,
    ChainView Chain, string Check, IReadOnlyList<EntryProof> Proofs);

internal sealed class ReportFiles(IStringLocalizer<ReportTexts> texts, LineReasons reasons, ReportWords told)
{
    public ReportFile Of(CreditReport report)
    {
        var tally = report.SoFar;
        return new(
            texts["Title"], CultureInfo.CurrentUICulture.Name, report.Driver, report.Name, $"{report.Team} {report.TeamName}", report.HomeCab, report.MadeAt,
            report.Today, report.Synthetic ? texts["Synthetic"].Value : null, tally.Period, texts["Provisional"], tally.Rulebook, tally.DaysOnShift,
            tally.Points, tally.Stars,
            [.. tally.Lines.Select(line => Line(line, report))], [.. told.Next(report)], report.Months, report.Certainty?.Chances,
            [.. told.Certainty(report.Certainty)],
            [.. report.Open.Select(m => new ReportMatter(
                m.Code, Words.Conduct(m.ConductZh, m.ConductEn)!, m.On, m.FromHour, m.ToHour, m.Place, told.When(m), m.AnswerBy))],
            report.Chain, texts["Check", report.Chain.Entries], report.Proofs);
    }

    private ReportLine Line(ExplanationLine line, CreditReport report)
    {
        var reason = reasons.Of(line, report.SoFar);
        var conduct = Words.Conduct(line.ConductZh, line.ConductEn) ?? reason;
        return new(
            conduct, reason, line.Sequence is { } entry ? report.Reasons.GetValueOrDefault(entry) : null, line.Code, Words.Conduct(line.SourceZh, line.Source),
            line.Case, line.Sequence, line.ConductOn, line.DecidedOn, line.Nominal, line.WeightPercent, line.Counted, line.Running);
    }
}
