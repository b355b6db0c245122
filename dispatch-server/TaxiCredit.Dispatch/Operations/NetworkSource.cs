using System.Net;
using System.Net.Sockets;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>The network address that a request is counted under.</summary>
internal static class NetworkSource
{
    /// <summary>Of IPv6 the first 64 bits: a household has all the others. Empty where it is not known.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString()
            : address.ToString();
    }
}
