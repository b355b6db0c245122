using System.Buffers;
using System.Text;
using System.Text.Json;
using Firmware.Tests.Bench;
using Firmware.Tests.Update;
using MQTTnet;
using MQTTnet.Protocol;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.VirtualCab;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Virtual;

/// <summary>
/// Packages over a real broker, in real time: a virtual cab with its own link, Mosquitto, and a publisher that plays the server's side. Half a minute, most
/// of which is the maker's signature.
/// </summary>
[TestClass]
public sealed class MosquittoUpdateTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("update-").FullName;
    private readonly ConditionWaiter _waiter = new();
    private readonly PlayedServer _server = new();
    private readonly List<int> _sizes = [];
    private volatile string _state = "{}";

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    /// <summary>
    /// The golden package is for another runtime: refused by name after its head. Then one for this unit: fetched, proven, made a candidate, and loaded when
    /// the car is started next, by the code of the loader.
    /// </summary>
    [TestMethod]
    public async Task Cab_OverMosquitto_RefusesTheGoldenPackageOfAnotherRuntimeAndRunsTheNext()
    {
        using Mosquitto? broker = await Mosquitto.StartAsync();
        if (broker == null) Assert.Inconclusive("mosquitto is not installed");
        using IMqttClient server = await ConnectAsync(broker.Port);
        using Cab cab = Make(broker.Port);
        using var stop = new CancellationTokenSource();
        Task running = cab.RunAsync(stop.Token);
        await _waiter.UntilAsync(() => Has("caps", out string caps) && caps.Contains("update", StringComparison.Ordinal), "it says that it takes packages");

        _server.Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        byte[] golden = await File.ReadAllBytesAsync(Path.Combine(Readme.Root, "tests/Contract/update/package.tcup"));
        await SendAsync(server, Message.CmdTopic, _server.Offer(golden, _server.Now));
        await _waiter.UntilAsync(() => Is("failed") && Has("why", out string why) && why == $"{PackageRefusal.Runtime}", "the golden package is refused");
        Assert.IsLessThanOrEqualTo(6, _server.Sent.Distinct().Count(), "no more than the head was asked for");
        CollectionAssert.DoesNotContain(Directory.GetFiles(_folder).Select(Path.GetFileName).ToArray(), "slot-a.bin", "nothing was written");

        _server.Sent.Clear();

        // Two heads and a part: more than half of the unit's budget is not for updates, and the rest of a larger one would take minutes.
        byte[] package = TestMaker.SignFor(Origin.Runtime, VirtualProgram.ImageOf(VirtualProgram.Kind.Runs, 200), 2);
        await SendAsync(server, Message.CmdTopic, _server.Offer(package, _server.Now + 1));
        await _waiter.UntilAsync(() => Is("ready"), "it is a candidate");
        int[] places = [.. Enumerable.Range(0, SlotFile.BlocksOf(package.Length)).Select(i => i * PlayedServer.Part)];
        CollectionAssert.AreEqual(places, _server.Sent.Distinct().ToArray());

        cab.Sensors.IsIgnitionOn = false;
        await _waiter.UntilAsync(() => Has("display", out string display) && display == "off", "the car is parked");
        cab.Sensors.IsIgnitionOn = true;
        await _waiter.UntilAsync(() => Is("trial") && Has("fw", out string version) && version == "2.0.0", "the new program runs");
        Assert.AreEqual("2.0.0", cab.Version);
        lock (_sizes) Assert.IsLessThanOrEqualTo(1024, _sizes.Max());
        await stop.CancelAsync();
        await running;
    }

    private Cab Make(int port)
    {
        string config = Path.Combine(_folder, "config.json");
        File.WriteAllText(config, $$"""
            {"v":1,"id":"disp-0001","key":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","epoch":1,"broker":"127.0.0.1","port":{{port}},"tls":false}
            """);
        File.WriteAllText(Path.Combine(_folder, "maker.pub"), Convert.ToHexStringLower(TestMaker.PublicKey) + "\n");
        return new Cab(config, new LinkSettings(1000), TimeProvider.System);
    }

    /// <summary>What the cab says is heard, and what it asks for is sent, as PROTOCOL.md has it.</summary>
    private async Task<IMqttClient> ConnectAsync(int port)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += async e =>
        {
            byte[] payload = e.ApplicationMessage.Payload.ToArray();
            lock (_sizes) _sizes.Add(payload.Length);
            if (payload.Length < 66) return;
            _state = Encoding.UTF8.GetString(payload, 65, payload.Length - 65);
            _waiter.Notify();
            if (_server.Take(_state) is not { } part) return;
            lock (_sizes) _sizes.Add(part.Length);
            await SendAsync(client, PlayedServer.UpdateTopic, part);
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithCredentials("server", "").WithClientId("server").Build());
        await client.SubscribeAsync(Message.Prefix + "state", MqttQualityOfServiceLevel.AtLeastOnce);
        return client;
    }

    private static Task<MqttClientPublishResult> SendAsync(IMqttClient client, string topic, byte[] payload) => client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    private bool Is(string update) => Has("update", out string said) && said == update;

    private bool Has(string field, out string value)
    {
        using var document = JsonDocument.Parse(_state);
        bool has = document.RootElement.TryGetProperty(field, out JsonElement element);
        value = has ? element.ToString() : "";
        return has;
    }
}
