using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>How a driver stands to what is alleged.</summary>
internal enum Stance { Disputed, Admitted, BeyondControl }

/// <summary>What lay beyond a driver's control.</summary>
internal enum BeyondControl { Weather, Traffic, Passenger, Other }

/// <summary>An answer of a driver to a notice; a later one amends it and leaves it on record.</summary>
[Chronicled]
internal sealed class DriverAnswer
{
    /// <summary>Max length in characters.</summary>
    public const int LongestText = 2000;

    public required long CaseId { get; init; }

    /// <summary>1 for the first, 2 for the first that amends it.</summary>
    public required int Round { get; init; }

    public required Stance Stance { get; init; }

    /// <summary>Only with <see cref="Stance.BeyondControl"/>.</summary>
    public BeyondControl? Cause { get; init; }

    public required string Text { get; init; }

    /// <summary>Name of a file in the data folder, by <see cref="Photos.PhotoFolder"/>; null without one.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 of what was sent as a file, 64 hex digits; null without one.</summary>
    public string? FileHash { get; init; }

    /// <summary>Who recorded an answer that came on paper; null where the driver answered here.</summary>
    public string? OnPaperBy { get; init; }

    /// <summary>Day at the bureau; of a paper the day on which it was handed in.</summary>
    public required DateOnly On { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }
}
