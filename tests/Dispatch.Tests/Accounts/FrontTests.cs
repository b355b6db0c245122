using System.Net;
using Microsoft.Extensions.Configuration;
using TaxiCredit.Dispatch.Machine;

namespace Dispatch.Tests.Accounts;

/// <summary>Where HTTP is listened for, and whose word about a caller counts.</summary>
[TestClass]
public sealed class FrontTests
{
    private const string Proxies = "10.0.3.7, 10.1.0.0/16 fd00:7::/64";

    [TestMethod]
    [DataRow(null, null, null)]
    [DataRow("::1", null, null)]
    [DataRow("0.0.0.0", "10.0.3.7", null)]
    [DataRow("::", "fd00:7::/64", null)]
    [DataRow("127.0.0.1", "10.1.0.0/16 , 10.0.3.7;::2", "5")]
    [DataRow("127.0.0.1", "0.0.0.0/1", "1")]
    [DataRow(null, "10.1.2.3/16", null)]
    public void Settings_ThatCanBe_AreTaken(string? listen, string? proxies, string? hops) => Read(listen, proxies, hops);

    [TestMethod]
    [DataRow("localhost", null, null, "Http:Listen is 'localhost'; it takes an address of this machine")]
    [DataRow("10", "10.0.3.7", null, "Http:Listen is '10'")]
    [DataRow("", null, null, "Http:Listen is ''")]
    [DataRow("0.0.0.0", null, null, "name the proxy in front in Http:Proxies")]
    [DataRow("10.0.3.1", " , ", null, "Http:Listen is 10.0.3.1, where other machines reach it without TLS")]
    [DataRow(null, "10.0.3.7 proxy.example", null, "Http:Proxies has 'proxy.example'")]
    [DataRow(null, "0.0.0.0/0", null, "none that holds every address")]
    [DataRow(null, null, "0", "Http:Hops is not 1 to 5")]
    [DataRow(null, null, "6", "Http:Hops is not 1 to 5")]
    [DataRow(null, null, "two", "Http:Hops is not 1 to 5")]
    public void Settings_ThatCannotBe_StopTheStartAndSayWhy(string? listen, string? proxies, string? hops, string said) =>
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Read(listen, proxies, hops)).Message, said);

    [TestMethod]
    [DataRow("127.0.0.1", "http://127.0.0.1:8080")]
    [DataRow("0.0.0.0", "http://127.0.0.1:8080")]
    [DataRow("::", "http://127.0.0.1:8080")]
    [DataRow("10.0.3.1", "http://10.0.3.1:8080")]
    [DataRow("::1", "http://[::1]:8080")]
    public void OwnAddress_OfWhatIsListenedOn_IsOneThatAnswers(string listen, string address) =>
        Assert.AreEqual(address, Read(listen, Proxies, null).OwnAddress(8080));

    [TestMethod]
    [DataRow("127.0.0.1", HttpStatusCode.OK)]
    [DataRow("127.255.255.255", HttpStatusCode.OK)]
    [DataRow("::1", HttpStatusCode.OK)]
    [DataRow("10.0.3.6", HttpStatusCode.Forbidden)]
    [DataRow("10.0.3.7", HttpStatusCode.OK)]
    [DataRow("::ffff:10.0.3.7", HttpStatusCode.OK)]
    [DataRow("10.0.3.8", HttpStatusCode.Forbidden)]
    [DataRow("10.0.255.255", HttpStatusCode.Forbidden)]
    [DataRow("10.1.0.0", HttpStatusCode.OK)]
    [DataRow("10.1.255.255", HttpStatusCode.OK)]
    [DataRow("10.2.0.0", HttpStatusCode.Forbidden)]
    [DataRow("fd00:7::ffff:ffff:ffff:ffff", HttpStatusCode.OK)]
    [DataRow("fd00:7:0:1::", HttpStatusCode.Forbidden)]
    public async Task Connection_FromAnAddress_IsAnsweredToThisMachineAndNamedProxiesAlone(string address, HttpStatusCode status)
    {
        await using var server = await LoneServer.StartAsync(("Http:Proxies", Proxies));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = "taxi.example";
        request.Headers.Add(LoneServer.From, address);
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await server.Client.SendAsync(request);

        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual(status == HttpStatusCode.Forbidden, (await answer.Content.ReadAsStringAsync()).Contains("Http:Proxies", StringComparison.Ordinal));
    }

    /// <summary>Two posts from what should count as one caller, where one a minute is allowed; and one that should not.</summary>
    [TestMethod]
    [DataRow(1, "198.51.100.1, 203.0.113.9", "198.51.100.2, 203.0.113.9", "203.0.113.9, 203.0.113.8", DisplayName = "the last, whatever a caller claims")]
    [DataRow(2, "198.51.100.1, 203.0.113.9, 10.0.3.7", "203.0.113.9, 10.1.2.3", "203.0.113.8, 10.0.3.7", DisplayName = "before a proxy that is named")]
    [DataRow(2, "198.51.100.1, 203.0.113.9", "198.51.100.2, 203.0.113.9", "198.51.100.1, 203.0.113.8", DisplayName = "not before one that is not")]
    [DataRow(1, "203.0.113.9, 10.0.3.7", "203.0.113.8, 10.0.3.7", "203.0.113.9, 203.0.113.7", DisplayName = "no further than the hops")]
    public async Task Caller_ThroughProxies_IsWhomTheLastTrustedOneNames(int hops, string first, string same, string other)
    {
        await using var server = await LoneServer.StartAsync(("Http:Proxies", Proxies), ("Http:Hops", $"{hops}"), ("SignIn:PerMinute", "1"));

        Assert.AreNotEqual(HttpStatusCode.TooManyRequests, await PostAsync(first));
        Assert.AreEqual(HttpStatusCode.TooManyRequests, await PostAsync(same));
        Assert.AreNotEqual(HttpStatusCode.TooManyRequests, await PostAsync(other));

        async Task<HttpStatusCode> PostAsync(string forwarded)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([]) };
            request.Headers.Host = "taxi.example";
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-For", forwarded);
            using var answer = await server.Client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    /// <summary>A proxy that hides the name asked for: its client is no local one, and gets no cookie over HTTP.</summary>
    [TestMethod]
    public async Task Request_OfACallerElsewhereByALocalName_IsSentToHttps()
    {
        await using var server = await LoneServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        using var answer = await server.Client.SendAsync(request);

        Assert.AreEqual(HttpStatusCode.PermanentRedirect, answer.StatusCode);
    }

    private static FrontSettings Read(string? listen, string? proxies, string? hops) => FrontSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Http:Listen", listen), new("Http:Proxies", proxies), new("Http:Hops", hops)]).Build());
}
