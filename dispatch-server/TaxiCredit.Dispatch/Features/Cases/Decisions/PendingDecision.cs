using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

/// <summary>A decision that a person has confirmed and can still take back. It is gone when it is taken back, or taken.</summary>
[Chronicled]
internal sealed class PendingDecision
{
    public required long CaseId { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Conduct that was found; null for a dismissal.</summary>
    public required string? Code { get; init; }

    public required string Reason { get; init; }

    public required string? Corroboration { get; init; }

    public required string By { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }
}
