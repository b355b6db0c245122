using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Roster;

[Chronicled]
internal sealed class Cab
{
    public int Id { get; init; }

    public required string Code { get; init; }

    public required string Plate { get; init; }

    /// <summary>What passengers find printed in the cab, a <see cref="ShortCode"/>; empty only in a database that is being brought up to date.</summary>
    public string PassengerCode { get; set; } = ShortCode.New();

    public required int TeamId { get; init; }

    public Team Team { get; init; } = null!;
}
