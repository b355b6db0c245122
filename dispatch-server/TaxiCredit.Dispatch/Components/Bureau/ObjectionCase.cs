using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>A decided case with its service, objection and ruling, as its page shows it.</summary>
public sealed class ObjectionCase
{
    internal Case Report { get; init; } = null!;

    /// <summary>That the driver has the decision; null if nothing proves it.</summary>
    internal DecisionService? Service { get; init; }

    internal Objection? Objection { get; init; }

    /// <summary>Why this person does not rule, whatever their role.</summary>
    internal Refusal? KeepsOut { get; init; }

    internal bool HasDocument { get; init; }

    /// <summary>What an amendment may find: conduct that costs less than what was decided.</summary>
    internal IReadOnlyList<ConductCode> Milder { get; init; } = [];

    /// <summary>What each ruling would leave of the month that runs; none unless one is due.</summary>
    internal IReadOnlyList<RulingProspect> Prospects { get; init; } = [];

    internal bool MayObject => Report.Status == CaseStatus.Upheld && Objection is null;

    /// <returns>Null where there is nothing to object to, and never was.</returns>
    internal static async Task<ObjectionCase?> OfAsync(
        Case report, Refusal? keepsOut, bool hasDocument, IReadOnlyList<ConductCode> codes, OperationContext context, CancellationToken stop)
    {
        if (report.LedgerSequence is null || report.Kind == CaseKind.Merit)
            return null;
        var decided = codes.FirstOrDefault(code => code.Id == report.DecidedCode);
        var objection = await context.Db.Objections.AsNoTracking().SingleOrDefaultAsync(o => o.CaseId == report.Id, stop);
        IReadOnlyList<ConductCode> milder = decided is null
            ? []
            : [.. codes.Where(code => code.Points > decided.Points && !(code.MaxStars < (decided.MaxStars ?? 4)))];
        return new()
        {
            Report = report,
            Service = await context.Db.Services.AsNoTracking()
                .SingleOrDefaultAsync(s => s.CaseId == report.Id && s.Document == ServedDocument.Decision, stop),
            Objection = objection,
            KeepsOut = keepsOut,
            HasDocument = hasDocument,
            Milder = milder,
            Prospects = objection is { Outcome: null } ? await RulingProspect.OfAsync(report, objection, milder, context, stop) : [],
        };
    }
}
