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
    public async Task Connect_NotAsItself_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.ProvisionAsync(1);
        (string ClientId, string? User, string? Password, string Reason)[] strangers =
        [
            ("anybody", null, null, "identity"),
            ("disp-0001", null, null, "identity"),
            ("disp-0002", "disp-0001", Wrong, "identity"),
            ("disp-0001", "disp-0001", Wrong, "password"),
            ("disp-0001", "disp-0001", "", "password"),
            ("disp-0009", "disp-0009", Wrong, "unknown"),
            ("$dispatch", "$dispatch", Wrong, "unknown"),
        ];
        foreach (var version in new[] { MqttProtocolVersion.V311, MqttProtocolVersion.V500 })
        {
            foreach (var (clientId, user, password, reason) in strangers)
            {
                var before = city.Refused.Of(null).GetValueOrDefault(reason);
                using var client = new MqttClientFactory().CreateMqttClient();
                var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", city.MqttPort).WithProtocolVersion(version).WithClientId(clientId);
                if (user is not null)
                    options.WithCredentials(user, password);

                var result = await client.ConnectAsync(options.Build());

                Assert.AreEqual(MqttClientConnectResultCode.BadUserNameOrPassword, result.ResultCode, $"{clientId} {user} {version}");
                Assert.AreEqual(before + 1, city.Refused.Of(null)[reason], $"{clientId} {user} {version}");
            }
        }
    }

    [TestMethod]
    public async Task Publish_OutsideItsOwnTopics_ClosesTheConnection()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var other = await city.ConnectNewCabAsync(2);
        var unit = await city.ProvisionAsync(1);
        var rating = await other.NextAsync("rating");
        string[] topics =
        [
            "tc/v1/d/disp-0002/state", "tc/v1/d/disp-0002/incidents", "tc/v1/d/disp-0002/rating", "tc/v1/d/disp-0001/rating",
            "tc/v1/d/disp-0001/incidents/ack", "tc/v1/d/disp-0001/else", "tc/v1/d/disp-0001", "$SYS/broker",
        ];
        foreach (var topic in topics)
        {
            await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
            var publishing = cab.PublishToAsync(topic, rating.Payload, retain: true);

            await cab.Closed;
            await Assert.ThrowsAsync<Exception>(() => publishing, topic);
        }

        Assert.AreEqual(topics.Length, city.Refused.Of(null)["foreign-publish"]);
        Assert.IsFalse(other.HasMore("rating"));
        await using var late = await TestCab.ConnectAsync(unit, city.MqttPort);
        Assert.AreEqual("tc/v1/d/disp-0001/rating", (await late.NextAsync("rating")).Topic, "nothing foreign was retained");
    }

    [TestMethod]
    public async Task Subscribe_OutsideItsOwnTopics_IsRefused()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        string[] filters = ["tc/v1/d/disp-0002/rating", "tc/v1/d/+/rating", "tc/v1/d/disp-0001/#", "tc/v1/d/disp-0001/state", "#"];
        foreach (var filter in filters)
        {
            var result = await cab.SubscribeAsync(filter);

            Assert.AreEqual(
                MqttClientSubscribeResultCode.UnspecifiedError, result.Items.Single().ResultCode,
                $"{filter}: MQTT 3.1.1 knows one failure code, 0x80");
        }

        Assert.AreEqual(filters.Length, city.Refused.Of(null)["foreign-subscription"]);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
    }

    [TestMethod]
    public async Task Publish_Oversize_ClosesTheConnection()
    {
        await using var city = await DisplayCity.BuildAsync();
        var unit = await city.ProvisionAsync(1);
        foreach (var bytes in new[] { 1_025, 65_536 })
        {
            await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort);
            var publishing = cab.PublishAsync("state", Encoding.ASCII.GetBytes(new string('0', bytes)));

            await cab.Closed;
            await Assert.ThrowsAsync<Exception>(() => publishing);
        }

        await city.AwaitRefusedAsync("length", 2);
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
