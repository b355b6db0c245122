using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Prospects;

/// <summary>Tells the document of a decision what its entry does to the stars.</summary>
internal sealed class ProspectForecast : IStarsForecast
{
    public async Task<StarsForecast?> OfAsync(Case report, ConductCode conduct, OperationContext context, CancellationToken stop)
    {
        var prospect = await Prospect.OfDecisionAsync(report, conduct, context, stop);
        return prospect.Refusal is null ? new(prospect.Value.With.Month.ToString(), prospect.Value.Without.Stars, prospect.Value.With.Stars) : null;
    }
}
