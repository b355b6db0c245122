using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>A case of the files that was upheld, as what followed on its decision is held against it.</summary>
/// <param name="Conduct">That was found.</param>
/// <param name="ReversedOn">Day on which it was taken back for good; null if it was not.</param>
internal sealed record UpheldCase(Case Case, ConductCode Conduct, DateOnly? ReversedOn);
