namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>What a display noticed, stored once per (<see cref="DisplayId"/>, <see cref="Journal"/>, <see cref="Seq"/>).</summary>
internal sealed class Incident
{
    public long Id { get; init; }

    public required int DisplayId { get; init; }

    public required string Journal { get; init; }

    public required long Seq { get; init; }

    /// <summary>As in <c>firmware/PROTOCOL.md</c>; one that the server does not know is kept as it came.</summary>
    public required string Kind { get; init; }

    public required long Arg { get; init; }

    /// <summary>Unix seconds by the cab's clock; null where it was not known.</summary>
    public required long? At { get; init; }

    /// <summary>Start of the cab's memory, where <see cref="At"/> is null.</summary>
    public required long? Boot { get; init; }

    /// <summary>Seconds since that start.</summary>
    public required long? Up { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
