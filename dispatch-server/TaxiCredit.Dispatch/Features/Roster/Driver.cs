using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A driver and the cab through which the driver belongs to a team.</summary>
[Chronicled]
internal sealed class Driver
{
    public int Id { get; init; }

    /// <summary>Public code; the only name of the driver that leaves the server: <c>d-0001</c>.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required int HomeCabId { get; set; }

    public Cab HomeCab { get; init; } = null!;
}
