using System.Text;
using Dispatch.Tests.Displays;
using MQTTnet;
using MQTTnet.Formatter;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class BrokerAccessTests
{
    private const string Wrong = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [TestMethod]
    [DataRow(null, null, null, "identity", DisplayName = "anonymous")]
    [DataRow("disp-0001", null, null, "identity", DisplayName = "anonymous with a display's client id")]
    [DataRow("disp-0001", "disp-0001", Wrong, "password")]
    [DataRow("disp-0001", "disp-0001", "", "password")]
    [DataRow("disp-0009", "disp-0009", Wrong, "unknown")]
    [DataRow("disp-0002", "disp-0001", Wrong, "identity", DisplayName = "another's client id")]
    [DataRow("$dispatch", "$dispatch", Wrong, "unknown", DisplayName = "as the server")]
    public async Task Connect_NotAsItself_IsRefused(string? clientId, string? user, string? password, string reason)
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.ProvisionAsync(1);
        foreach (var version in new[] { MqttProtocolVersion.V311, MqttProtocolVersion.V500 })
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", city.MqttPort).WithProtocolVersion(version).WithClientId(clientId ?? "anybody");
            if (user is not null)
                options.WithCredentials(user, password);

            var result = await client.ConnectAsync(options.Build());

            Assert.AreEqual(MqttClientConnectResultCode.BadUserNameOrPassword, result.ResultCode, $"{version}");
        }

        Assert.AreEqual(2, city.Refused.Of(null)[reason]);
    }

    [TestMethod]
    [DataRow("tc/v1/d/disp-0002/state")]
    [DataRow("tc/v1/d/disp-0002/incidents")]
    [DataRow("tc/v1/d/disp-0002/rating")]
    [DataRow("tc/v1/d/disp-0001/rating", DisplayName = "its own rating")]
    [DataRow("tc/v1/d/disp-0001/incidents/ack")]
    [DataRow("tc/v1/d/disp-0001/else")]
    [DataRow("tc/v1/d/disp-0001")]
    [DataRow("$SYS/broker")]
    public async Task Publish_OutsideItsOwnTopics_ClosesTheConnection(string topic)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var other = await city.ConnectNewCabAsync(2);
        await using var cab = await city.ConnectNewCabAsync(1);
        var rating = await other.NextAsync("rating");

        var publishing = cab.PublishToAsync(topic, rating.Payload, retain: true);

        await cab.Closed;
        await Assert.ThrowsAsync<Exception>(() => publishing);
        Assert.AreEqual(1, city.Refused.Of(null)["foreign-publish"]);
        Assert.IsFalse(other.HasMore("rating"));
        await using var late = await TestCab.ConnectAsync(cab.Unit, city.MqttPort);
        Assert.AreEqual("tc/v1/d/disp-0001/rating", (await late.NextAsync("rating")).Topic, "nothing foreign was retained");
    }

    [TestMethod]
    [DataRow("tc/v1/d/disp-0002/rating")]
    [DataRow("tc/v1/d/+/rating")]
    [DataRow("tc/v1/d/disp-0001/#")]
    [DataRow("tc/v1/d/disp-0001/state", DisplayName = "its own state, which it may only publish")]
    [DataRow("#")]
    public async Task Subscribe_OutsideItsOwnTopics_IsRefused(string filter)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        var result = await cab.SubscribeAsync(filter);

        Assert.AreEqual(MqttClientSubscribeResultCode.UnspecifiedError, result.Items.Single().ResultCode, "MQTT 3.1.1 knows one failure code, 0x80");
        Assert.AreEqual(1, city.Refused.Of(null)["foreign-subscription"]);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
    }

    [TestMethod]
    [DataRow(1_025)]
    [DataRow(65_536)]
    public async Task Publish_Oversize_ClosesTheConnection(int bytes)
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);

        var publishing = cab.PublishAsync("state", Encoding.ASCII.GetBytes(new string('0', bytes)));

        await cab.Closed;
        await Assert.ThrowsAsync<Exception>(() => publishing);
        Assert.AreEqual(1, city.Refused.Of(null)["length"]);
    }

    [TestMethod]
    public async Task Publish_AtTheLimit_IsJudgedByItsContent()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        var json = cab.StateJson(lit: "11000").TrimEnd();

        await cab.PublishAsync("state", cab.Sign(json + new string(' ', 1_024 - 65 - Encoding.UTF8.GetByteCount(json))));

        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11000");
    }

    [TestMethod]
    public async Task Connect_Twice_LeavesTheLater()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var first = await city.ConnectNewCabAsync(1);

        await using var second = await TestCab.ConnectAsync(first.Unit, city.MqttPort);

        await first.Closed;
        second.N = 1;
        await second.SendStateAsync();
        await city.AwaitTwinAsync(first.Unit.Id, twin => twin.Online);
    }
}
