using System.Net;
using System.Net.Sockets;
using Dispatch.Tests.Displays;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Mqtt;

/// <summary>Connections that do not come to an accepted CONNECT.</summary>
[TestClass]
public sealed class ArrivalsTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    [TestMethod]
    public void Address_AtItsLimit_IsRefusedAndOthersAreNot()
    {
        var arrivals = new Arrivals(max: 10, maxPerAddress: 2);
        var first = arrivals.TryEnter(One);
        Assert.IsNotNull(arrivals.TryEnter(One));

        Assert.IsNull(arrivals.TryEnter(One));

        Assert.IsNotNull(arrivals.TryEnter(Two));
        Assert.AreEqual(3, arrivals.Count);
        first!.Dispose();
        first.Dispose();
        Assert.AreEqual(2, arrivals.Count, "left once");
        Assert.IsNotNull(arrivals.TryEnter(One));
        Assert.IsNull(arrivals.TryEnter(One));
    }

    [TestMethod]
    public void All_AtTheirLimit_AreRefusedFromWherever()
    {
        var arrivals = new Arrivals(max: 3, maxPerAddress: 2);
        for (var n = 1; n <= 3; n++)
            Assert.IsNotNull(arrivals.TryEnter(IPAddress.Parse($"192.0.2.{n}")));

        Assert.IsNull(arrivals.TryEnter(IPAddress.Parse("192.0.2.4")));

        Assert.AreEqual(3, arrivals.Count);
    }

    [TestMethod]
    [DataRow("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [DataRow("2001:db8::1", "2001:db8:0:1::1", false)]
    [DataRow("192.0.2.1", "::ffff:192.0.2.1", true)]
    [DataRow("192.0.2.1", "192.0.2.2", false)]
    public void Addresses_OfOneNetwork_AreCountedTogether(string first, string second, bool isOne)
    {
        var arrivals = new Arrivals(max: 10, maxPerAddress: 1);
        arrivals.TryEnter(IPAddress.Parse(first));

        Assert.AreEqual(isOne, arrivals.TryEnter(IPAddress.Parse(second)) is null);
    }

    [TestMethod]
    public async Task Strangers_ThatSayNothing_AreSentAwayAndCabsComeIn()
    {
        using var files = new BrokerFiles();
        var settings = files.Settings;
        (settings["Mqtt:Tls:MaxWaitingPerAddress"], settings["Mqtt:Tls:ConnectSeconds"]) = ("3", "20");
        await using var city = await DisplayCity.BuildAsync(settings: settings);
        var broker = city.Server.Services.GetRequiredService<EmbeddedBroker>();
        var strangers = new List<Socket>();
        for (var n = 0; n < 3; n++)
            strangers.Add(await ConnectAsync(city.MqttPort));
        strangers.Add(await ConnectAsync(city.MqttPort));

        await city.AwaitRefusedAsync("crowd");
        Assert.AreEqual(3, broker.Waiting);
        city.Time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.AreEqual(0, city.Refused.Of(null).GetValueOrDefault("late"));
        city.Time.Advance(TimeSpan.FromMilliseconds(1));
        await city.AwaitRefusedAsync("late", 3);
        foreach (var stranger in strangers)
        {
            Assert.AreEqual(0, await ReadAsync(stranger), "the connection has ended");
            stranger.Dispose();
        }

        // Not counted once it is accepted, and not ended when its time would be over.
        var unit = await city.ProvisionAsync(1);
        await using var cab = await TestCab.ConnectAsync(unit, broker.LoopbackPort);
        city.Time.Advance(TimeSpan.FromMinutes(2));
        await cab.SendStateAsync(lit: "11000");
        await city.AwaitTwinAsync(unit.Id, twin => twin.Lit == "11000");
        Assert.AreEqual(0, broker.Waiting);
        Assert.AreEqual(3, city.Refused.Of(null)["late"]);
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        return socket;
    }

    private static async Task<int> ReadAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1]).WaitAsync(DisplayCity.Patience);
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
