using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>
/// What a driver will read of a case, in an officer's words: enough to answer, and nothing that gives away who reported. The day is the conduct's, which the
/// ledger needs; hours and place are as coarse as the officer has set them.
/// </summary>
[Chronicled]
internal sealed class Triage
{
    /// <inheritdoc cref="DriverAnswer.LongestText"/>
    public const int LongestText = 2000;

    /// <inheritdoc cref="DriverAnswer.LongestText"/>
    public const int LongestPlace = 200;

    public required long CaseId { get; init; }

    /// <summary>First hour, 0 to 23; null where none is told.</summary>
    public required int? FromHour { get; init; }

    /// <summary>End of the last hour, 1 to 24; null where none is told.</summary>
    public required int? ToHour { get; init; }

    public required string Place { get; init; }

    /// <summary>What is alleged to have happened.</summary>
    public required string Account { get; init; }

    /// <summary>What the allegation rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>Why hour or place are told exactly; null where they are not.</summary>
    public string? ExactReason { get; init; }

    public required string By { get; init; }

    /// <summary>Day at the bureau.</summary>
    public required DateOnly On { get; init; }

    /// <summary>System time; the notice goes out with the next release after it.</summary>
    public required DateTimeOffset At { get; init; }
}
