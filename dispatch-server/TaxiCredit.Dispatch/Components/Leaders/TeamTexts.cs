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
namespace TaxiCredit.Dispatch.Components.Leaders;

/// <summary>Names the texts of a team's page.</summary>
internal sealed class TeamTexts;

/// <summary>Names the texts of the forms in which a driver reports or praises another.</summary>
internal sealed class CaseTexts;
