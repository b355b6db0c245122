using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>A line of <c>objections.csv</c>.</summary>
/// <param name="Case">Its number.</param>
/// <param name="StayedOn">Day since which the points count nothing until the ruling; null where they went on counting.</param>
/// <param name="Code">Conduct that an amendment found; null for every other outcome.</param>
internal sealed record ObjectionLine(
    KeptLine Line, string Case, DateOnly On, string? OnPaperBy, string Statement, DateOnly RuleBy, DateOnly? StayedOn, Ruling? Outcome, DateOnly? RuledOn,
    string? RuledBy, string? Code, string? Reason)
{
    public Objection ToObjection(long caseId, DateTimeOffset now)
    {
        var objection = new Objection { CaseId = caseId, Statement = Statement, OnPaperBy = OnPaperBy, On = On, At = now, RuleBy = RuleBy };
        if (Outcome is { } outcome)
            objection.End(outcome, RuledOn!.Value, RuledBy, Reason, Code);
        return objection;
    }
}

/// <summary>An objection with what it books.</summary>
/// <param name="Stands">Conduct that counts after the ruling; null where nothing counts, or none is given yet.</param>
internal sealed record ImportedObjection(Objection Objection, DateOnly? StayedOn, ConductCode? Stands);
