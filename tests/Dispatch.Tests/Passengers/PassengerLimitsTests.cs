using System.Net;
using Microsoft.AspNetCore.Http;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Passengers;

[TestClass]
public sealed class PassengerLimitsTests
{
    [TestMethod]
    [DataRow("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [DataRow("2001:db8:1:2::", "2001:db8:1:2::")]
    [DataRow("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::")]
    [DataRow("2001:db8:1:3::", "2001:db8:1:3::")]
    [DataRow("2001:db8:1:1:ffff:ffff:ffff:ffff", "2001:db8:1:1::")]
    [DataRow("::1", "::")]
    [DataRow("::ffff:192.0.2.7", "192.0.2.7", DisplayName = "IPv4 in IPv6 is counted whole")]
    [DataRow("192.0.2.7", "192.0.2.7")]
    [DataRow(null, "")]
    public void AddressOf_IPv6_IsItsFirst64Bits(string? address, string counted)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);

        Assert.AreEqual(counted, CallerAddress.Of(http));
    }
}
