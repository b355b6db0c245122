using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>The network address that a request is counted under.</summary>
internal static class CallerAddress
{
    /// <summary>As <see cref="AddressGroup"/>. Empty where there is none.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? AddressGroup.Of(address).ToString() : "";
}
