using System.Net;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>Section <c>Reach</c> of the configuration.</summary>
internal sealed class ReachSettings
{
    public const string Section = "Reach";

    /// <summary>Addresses of this machine will do: for the demo, and for trying out with virtual cabs. Not for a city.</summary>
    public bool Loopback { get; set; }
}

/// <summary>
/// Whether an address that is handed out (into a unit's file, onto a sticker, in an invitation) leads to this server from elsewhere. Whoever prints two
/// hundred stickers for 127.0.0.1 finds out from passengers.
/// </summary>
internal sealed class Reachability(IOptions<ReachSettings> settings)
{
    /// <summary>Why units cannot be told this broker; null if they can.</summary>
    /// <param name="host">Name or address.</param>
    public Refusal? OfBroker(string host) => settings.Value.Loopback || !IsNowhere(host)
        ? null
        : Refusal.Conflict(
            "broker-unreachable",
            $"Units would look for the broker at '{host}', where no cab finds it. Set Mqtt:Tls:Host, or Mqtt:Broker:CabHost (docs/operations.md, "
            + "From broker-ca to a lit cab), or for trying out Reach:Loopback.");

    /// <summary>Why people cannot be told this address; null if they can.</summary>
    /// <param name="address">With its scheme.</param>
    public Refusal? OfPages(string address) =>
        settings.Value.Loopback || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && !IsNowhere(uri.Host))
            ? null
            : Refusal.Conflict(
                "address-unreachable",
                $"'{address}' leads to this server from this machine alone. Set Passengers:PublicAddress to where people find it, or for trying out "
                + "Reach:Loopback.");

    /// <summary>Empty, this machine's own, or none in particular, in whichever spelling.</summary>
    internal static bool IsNowhere(string host)
    {
        var name = host.Trim().TrimEnd('.');
        if (name.Length == 0 || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!IPAddress.TryParse(name.Trim('[', ']'), out var address))
            return false;
        address = AddressGroup.Unmapped(address);
        return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
    }
}
