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
namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the bureau's pages about what passengers reported and saw.</summary>
internal sealed class ReviewTexts;
