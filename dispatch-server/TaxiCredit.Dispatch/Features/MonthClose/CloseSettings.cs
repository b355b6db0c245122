namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>How the long part of a close is worked, section <c>Close</c> of the configuration.</summary>
internal sealed class CloseSettings
{
    public const string Section = "Close";

    /// <summary>Drivers whose ratings are committed together, 1 to 100,000. A crash costs at most so many tallies.</summary>
    public int BatchDrivers { get; init; } = 5_000;

    /// <summary>Seconds after which another worker may take over from one that has not committed a batch, 5 to 3,600.</summary>
    public int LeaseSeconds { get; init; } = 30;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>The first setting outside its range, or null.</summary>
    public string? FindFault() => this switch
    {
        { BatchDrivers: < 1 or > 100_000 } => $"{Section}:BatchDrivers is {BatchDrivers}; 1 to 100000.",
        { LeaseSeconds: < 5 or > 3_600 } => $"{Section}:LeaseSeconds is {LeaseSeconds}; 5 to 3600 s.",
        _ => null,
    };
}
