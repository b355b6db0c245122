using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Features.Roster;
namespace TaxiCredit.Dispatch.Data;

/// <summary>What an installation must remember about itself and no feature owns.</summary>
internal sealed class Setting
{
    public const string BureauDate = "bureau-date";
    public const string City = "city";
    public const string Synthetic = "synthetic";

    public required string Name { get; init; }

    public string Value { get; set; } = "";
}
