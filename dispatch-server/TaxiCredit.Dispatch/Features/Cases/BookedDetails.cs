namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What the ledger keeps beside an entry that a decision booked.</summary>
internal sealed record DecisionDetails(CaseKind Kind, int? ConductHour, string Place, string Reason, string? Corroboration);

/// <summary>What the ledger keeps beside a reversal.</summary>
internal sealed record ReversalDetails(string Reason);
