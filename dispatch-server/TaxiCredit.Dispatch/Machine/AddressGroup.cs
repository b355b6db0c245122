using System.Net;
using System.Net.Sockets;

namespace TaxiCredit.Dispatch.Machine;

/// <summary>The address that a caller is counted under.</summary>
internal static class AddressGroup
{
    private const int NetworkBytes = 8;

    /// <summary>IPv4 whole, also where it came mapped; of IPv6 the first 64 bits: a household has all the others.</summary>
    public static IPAddress Of(IPAddress address)
    {
        address = Unmapped(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]])
            : address;
    }

    /// <summary>An IPv4 address as itself, where it comes as one of IPv6.</summary>
    public static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
