namespace TaxiCredit.Dispatch.Features.Roster;

internal sealed class Cab
{
    public int Id { get; init; }

    public required string Code { get; init; }

    public required string Plate { get; init; }

    public required int TeamId { get; init; }

    public Team Team { get; init; } = null!;
}
