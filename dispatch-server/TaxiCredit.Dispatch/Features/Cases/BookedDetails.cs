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
namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What the ledger keeps beside an entry that a decision booked.</summary>
internal sealed record DecisionDetails(CaseKind Kind, int? ConductHour, string Place, string Reason, string? Corroboration);

/// <summary>What the ledger keeps beside a reversal.</summary>
internal sealed record ReversalDetails(string Reason);
