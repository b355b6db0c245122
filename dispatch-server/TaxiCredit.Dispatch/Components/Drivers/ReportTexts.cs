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
namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Names the texts that the driver's page and the credit report share.</summary>
internal sealed class ReportTexts;

/// <summary>Names the texts of the driver's own page.</summary>
internal sealed class MeTexts;
