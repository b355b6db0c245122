using TaxiCredit.Dispatch.Features.Cases;

namespace TaxiCredit.Demo.City;

/// <summary>A case as it will go: what is reported, when, and what a person will decide. Dates are the bureau's.</summary>
/// <param name="Reporter">Peer reports only.</param>
/// <param name="PropertyFen">Returned property only, in fen (0.01 RMB).</param>
internal sealed record SyntheticCase(
    CaseKind Kind, string Driver, string Code, DateOnly ConductOn, int ConductHour, string Place, string Account, string? Reporter, long? PropertyFen,
    DateOnly SubmittedOn, string RecordedBy, SyntheticDecision Decision);

/// <param name="Corroboration">Peer reports that are upheld only: what bears the report out.</param>
/// <param name="IsComplex">The case is declared complex as soon as it is recorded, and decided later than others.</param>
internal sealed record SyntheticDecision(DateOnly On, string By, Verdict Verdict, string Reason, string? Corroboration, bool IsComplex);
