namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What the ledger keeps beside an entry that a decision booked.</summary>
/// <param name="ConductHour">Told exactly; null where it is told by <paramref name="FromHour"/> and <paramref name="ToHour"/>, or not at all.</param>
internal sealed record DecisionDetails(
    CaseKind Kind, int? ConductHour, string Place, string Reason, string? Corroboration, int? FromHour = null, int? ToHour = null);

/// <summary>What the ledger keeps beside a reversal.</summary>
internal sealed record ReversalDetails(string Reason);
