using System.Net;
using System.Net.Sockets;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>The network address that a request is counted under.</summary>
internal static class CallerAddress
{
    /// <summary>IPv4 whole, also where it came mapped; of IPv6 the first 64 bits: a household has all the others. Empty where there is none.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    private static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString()
            : address.ToString();
    }
}
