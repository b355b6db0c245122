using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>Up to ten cabs and the driver who leads them.</summary>
[Chronicled]
internal sealed class Team
{
    public const int MaxCabs = 10;

    public int Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }
}

/// <summary>A driver's time at the head of a team; open while <see cref="RemovedOn"/> is null. A team has at most one open leadership.</summary>
[Chronicled]
internal sealed class Leadership
{
    public int Id { get; init; }

    public required int TeamId { get; init; }

    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    public required DateOnly AppointedOn { get; init; }

    public DateOnly? RemovedOn { get; set; }
}
