using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Roster;

[Chronicled]
internal sealed class Cab
{
    public int Id { get; init; }

    public required string Code { get; init; }

    /// <summary>As it is written on papers and shown.</summary>
    public required string Plate
    {
        get;
        set => (field, PlateKey) = (value, Plates.KeyOf(value));
    }

    /// <summary>
    /// By which it is compared, see <see cref="Plates"/>; one cab alone has it. Empty in a database that is being brought up to date, and where another
    /// cab has the same plate in another spelling, until a person says which of them is right.
    /// </summary>
    [NotChronicled("Follows from the plate.")]
    public string PlateKey { get; private set; } = "";

    /// <summary>For a plate that was stored before there were keys.</summary>
    public void GiveKey() => PlateKey = Plates.KeyOf(Plate);

    /// <summary>What passengers find printed in the cab, a <see cref="ShortCode"/>; empty only in a database that is being brought up to date.</summary>
    public string PassengerCode { get; set; } = ShortCode.New();

    public required int TeamId { get; init; }

    public Team Team { get; init; } = null!;
}
