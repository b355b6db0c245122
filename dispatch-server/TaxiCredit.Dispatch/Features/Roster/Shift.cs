using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>
/// A driver signed on to a cab; open while <see cref="OffAt"/> is null. The database keeps at most one open shift per driver and per cab.
/// System time says when; the bureau's days count towards probation.
/// </summary>
[Chronicled]
internal sealed class Shift
{
    public long Id { get; init; }

    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    public required int CabId { get; init; }

    public Cab Cab { get; init; } = null!;

    public required DateTimeOffset OnAt { get; set; }

    public required DateOnly OnDay { get; set; }

    public DateTimeOffset? OffAt { get; set; }

    public DateOnly? OffDay { get; set; }
}
