using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>What a driver was told of a case and until when they may answer, as it was sent.</summary>
[Chronicled]
internal sealed class HearingNotice
{
    public required long CaseId { get; init; }

    /// <summary>A random code, for addresses: it tells nothing of order or time.</summary>
    public required string Code { get; init; }

    /// <summary>Day at the bureau on which it was released.</summary>
    public required DateOnly ServedOn { get; init; }

    /// <summary>System time of the release, the same for all of a batch.</summary>
    public required DateTimeOffset ServedAt { get; init; }

    /// <summary>Last day of the bureau for an answer.</summary>
    public required DateOnly AnswerBy { get; init; }

    /// <summary>What it said, in JSON.</summary>
    public required string Content { get; init; }
}
