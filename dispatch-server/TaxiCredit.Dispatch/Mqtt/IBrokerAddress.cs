using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Features.Roster;
namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Where a cab finds the broker.</summary>
internal interface IBrokerAddress
{
    string Host { get; }

    int Port { get; }

    bool Tls { get; }

    /// <summary>PEM of the authority that the cab has to trust; null where there is none of its own.</summary>
    string? Authority { get; }
}
