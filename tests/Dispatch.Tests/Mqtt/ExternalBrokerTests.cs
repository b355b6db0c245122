using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Tests.Displays;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Mqtt;

/// <summary>The road to the cabs over a real Mosquitto with generated passwords and access list.</summary>
[TestClass]
public class ExternalBrokerTests
{
    [TestMethod]
    public async Task Road_OverMosquitto_CarriesEverything()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        await city.SignOnAsync(driver: 1, cab: 1);
        await city.PublishAsync("2017-12", 4);
        await using var cab = await ConnectAsync(city, 1);

        var rating = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        var config = await cab.NextAsync("config");
        await cab.SendStateAsync(rating.Rev, config.Rev, "showing", "11111");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.ShowsDesired);
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2)));
        Assert.AreEqual(2, (await cab.NextAsync("incidents/ack")).Json.GetProperty("through").GetInt64());
        Assert.AreEqual(2, await city.WithDbAsync(db => db.Incidents.CountAsync()));
        Assert.IsNull((await CommandAsync(city, cab.Unit.Id)).Refusal);
        await cab.NextAsync("cmd");
        cab.Vanish();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
        Assert.IsEmpty(city.Refused.Of(null));
    }

    [TestMethod]
    public async Task Cab_TopicsOfAnother_AreNeitherReadNorWritten()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        await using var other = await ConnectAsync(city, 2);
        var foreign = await other.NextAsync("rating");
        foreach (var topic in new[]
        {
            "tc/v1/d/disp-0002/rating", "tc/v1/d/disp-0001/rating", "tc/v1/d/disp-0002/state", "tc/v1/d/disp-0002/incidents/ack", "else",
        })
        {
            var writer = await ConnectAsync(city, 1);
            var denied = broker.AwaitLineAsync($"Denied PUBLISH from disp-0001 (d0, q1, r1, m2, '{topic}'");
            // Mosquitto 2.0 ends the connection of some whom it denies, and answers others.
            await Task.WhenAny(writer.PublishToAsync(topic, foreign.Payload, retain: true));
            await denied;
            writer.Vanish();
        }
        var (client, received) = await ConnectRawAsync(broker, Unit(city, 1), "disp-0001");
        using var cab = client;
        foreach (var filter in new[] { "#", "tc/v1/d/+/rating", "tc/v1/d/disp-0002/#", "$SYS/#" })
            await cab.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce);

        // What the server sends both cabs now comes after all that.
        await city.PublishAsync("2017-12", 4, 3);
        await city.SignOnAsync(1, 1);
        await city.SignOnAsync(2, 2);
        await city.NudgeAsync(1, 2);
        await other.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        await Until.SoAsync(() => received.Messages.Any(message => message.Contains("\"rated\"", StringComparison.Ordinal)), look => received.Added += look);

        Assert.IsTrue(
            received.Messages.All(message => message.StartsWith("tc/v1/d/disp-0001/", StringComparison.Ordinal)), string.Join('\n', received.Messages));
        Assert.IsFalse(other.HasMore("rating"));
        Assert.IsFalse(other.HasMore("incidents/ack"));
        Assert.IsEmpty(city.Refused.Of(null), "nothing of it came to the server");
    }

    [TestMethod]
    public async Task Connect_WithoutItsPassword_IsRefused()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        var password = Password(Unit(city, 1));
        foreach (var (user, secret) in new[]
        {
            ("disp-0001", password[..^1] + (password[^1] == 'A' ? 'B' : 'A')), ("disp-0001", ""), ("disp-0002", password), ("disp-0009", password),
            (BrokerSettings.DefaultUser, password), (null, null),
        })
        {
            foreach (var port in new[] { broker.CabPort, broker.ServerPort })
            {
                using var client = new MqttClientFactory().CreateMqttClient();
                var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V311)
                    .WithClientId("somebody");
                if (user is not null)
                    options.WithCredentials(user, secret);

                Assert.AreEqual(MqttClientConnectResultCode.NotAuthorized, (await client.ConnectAsync(options.Build())).ResultCode, $"{user} at {port}");
            }
        }
    }

    [TestMethod]
    public async Task Connect_UnderTheNameOfAnother_PushesNobodyOut()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        await using var other = await ConnectAsync(city, 2);
        await other.SendStateAsync();
        await city.AwaitTwinAsync("disp-0002", twin => twin.Online);

        var (client, _) = await ConnectRawAsync(broker, Unit(city, 1), clientId: "disp-0002");

        using var cab = client;
        await other.SendStateAsync(lit: "11000");
        await city.AwaitTwinAsync("disp-0002", twin => twin.Lit == "11000");
        Assert.IsFalse(other.Closed.IsCompleted);
    }

    [TestMethod]
    public async Task Broker_Killed_NothingIsConfirmedUntilItIsHeardAgain()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        await city.SignOnAsync(1, 1);
        await city.NudgeAsync(1);
        await using var cab = await ConnectAsync(city, 1);
        var rating = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "unrated");
        var config = await cab.NextAsync("config");
        await cab.SendStateAsync(rating.Rev, config.Rev, "unrated");
        await city.AwaitTwinAsync("disp-0001", twin => twin.ShowsDesired);
        Assert.AreEqual(DisplayState.Confirmed, Of("disp-0001").State);
        var again = city.AwaitConnectedAsync();

        await broker.KillAsync();
        await city.AwaitTwinAsync("disp-0001", twin => !twin.IsHeard);
        Assert.AreEqual((DisplayState.Unconfirmed, StandingCause.BrokerAway), (Of("disp-0001").State, Of("disp-0001").Cause!.Value));
        Assert.AreEqual("0 1 brokerAway", await ToldAsync());
        await broker.StartAsync();
        await again;
        Assert.AreEqual(StandingCause.Returning, Of("disp-0001").Cause, "the broker is there again, and the cab is not");
        Assert.AreEqual("0 1 returning", await ToldAsync());

        await using var back = await ConnectAsync(city, 1);
        back.N = cab.N;
        await back.SendStateAsync(rating.Rev, config.Rev, "unrated");
        await city.AwaitTwinAsync("disp-0001", twin => twin.IsHeard);
        Assert.AreEqual(DisplayState.Confirmed, Of("disp-0001").State);
        Assert.AreEqual("1 0", await ToldAsync());

        DisplayStanding Of(string display) => city.Standings.All.Single(one => one.Twin.Display == display).Standing;

        async Task<string> ToldAsync()
        {
            var list = await city.Client.GetFromJsonAsync<JsonElement>("displays");
            return string.Join(
                ' ', [$"{list.GetProperty("online")}", $"{list.GetProperty("alarms")}",
                    .. list.GetProperty("shared").EnumerateArray().Select(shared => shared.GetProperty("cause").GetString())]);
        }
    }

    [TestMethod]
    public async Task Broker_KilledAndStartedAgain_HasEveryRatingBack()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        await city.SignOnAsync(1, 1);
        await city.PublishAsync("2017-12", 3);
        await using (var cab = await ConnectAsync(city, 1))
            await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        var again = city.AwaitConnectedAsync();

        await broker.KillAsync();
        Assert.AreEqual("broker-gone", (await CommandOnlineAsync(city, "disp-0001")).Refusal!.Code);
        await broker.StartAsync();

        await again;
        await using var late = await ConnectAsync(city, 1);
        var rating = await late.NextAsync("rating");
        Assert.AreEqual(3, rating.Json.GetProperty("stars").GetInt32());
        await late.NextAsync("config");
        await using var other = await ConnectAsync(city, 2);
        Assert.AreEqual("vacant", (await other.NextAsync("rating")).Kind);
        await late.PublishAsync("incidents", late.Sign(late.IncidentsJson(1)));
        await late.NextAsync("incidents/ack");
    }

    [TestMethod]
    public async Task Publish_StoppedWhileTheBrokerIsSilent_IsCancelledAndNoFault()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        using var stop = new CancellationTokenSource();
        using var frozen = broker.Freeze();

        var publishing = city.Server.Services.GetRequiredService<ICabLink>().PublishAsync("tc/v1/servers", new byte[] { 49 }, retain: false, stop.Token);
        Assert.IsFalse(publishing.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => publishing);
    }

    [TestMethod]
    public async Task Server_StartedAgain_KnowsWhoIsThereAndCountsNothingAsRefused()
    {
        await using var broker = new MosquittoServer();
        await using var city = await BuildAsync(broker);
        await using var cab = await ConnectAsync(city, 1);
        var at = city.Time.GetUtcNow();
        await cab.SendStateAsync(lit: "11000");
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11000");
        await city.StopAsync();
        city.Time.Advance(TimeSpan.FromSeconds(100));

        await city.RestartAfterStopAsync();

        var twin = await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        Assert.AreEqual(at, twin.ReceivedAt, "no fresher than it is");
        Assert.IsEmpty(city.Refused.Of(null));
    }

    [TestMethod]
    public async Task Keys_Rotated_AreTheBrokersToo()
    {
        await using var broker = new MosquittoServer();
        var settings = broker.Settings;
        (settings["Mqtt:Broker:AccessFolder"], settings["Mqtt:Broker:PidFile"]) = (broker.Folder, broker.PidFile);
        await using var city = await BuildAsync(broker, settings);
        var unit = Unit(city, 1);
        await using var cab = await ConnectAsync(city, 1);
        await cab.NextAsync("config");
        await using (var scope = city.Server.Services.CreateAsyncScope())
        {
            Assert.IsNull((await RotateKeys.HandleAsync(
                unit.Id, new(DisplayCity.Keeper), scope.ServiceProvider.GetRequiredService<OperationContext>(),
                scope.ServiceProvider.GetRequiredService<DisplayServices>(), CancellationToken.None)).Refusal);
        }

        await cab.NextAsync("config", json => json.GetProperty("epoch").GetInt32() == 2);
        Assert.AreEqual(MqttClientConnectResultCode.Success, await TryAsync(broker, unit, epoch: 1), "until the cab has confirmed");

        var reload = broker.AwaitLineAsync("Reloading config");
        cab.Epoch = 2;
        await cab.SendStateAsync();
        await reload;

        while (await TryAsync(broker, unit, epoch: 2) != MqttClientConnectResultCode.Success)
            await broker.AwaitLineAsync("Reloading config");
        Assert.AreEqual(MqttClientConnectResultCode.NotAuthorized, await TryAsync(broker, unit, epoch: 1));
    }

    [TestMethod]
    public async Task Identity_TakenOut_IsClosedByTheBroker()
    {
        await using var broker = new MosquittoServer();
        var settings = broker.Settings;
        (settings["Mqtt:Broker:AccessFolder"], settings["Mqtt:Broker:PidFile"]) = (broker.Folder, broker.PidFile);
        await using var city = await BuildAsync(broker, settings);
        await using var cab = await ConnectAsync(city, 1);
        await using var other = await ConnectAsync(city, 2);
        await cab.NextAsync("rating");
        var before = await other.NextAsync("rating");

        await using (var scope = city.Server.Services.CreateAsyncScope())
        {
            Assert.IsNull((await TakeOutDisplay.HandleAsync(
                cab.Unit.Id, new(DisplayCity.Keeper, "revoked", "stolen"), scope.ServiceProvider.GetRequiredService<OperationContext>(),
                CancellationToken.None)).Refusal);
        }

        await cab.Closed;
        Assert.AreEqual(MqttClientConnectResultCode.NotAuthorized, await TryAsync(broker, cab.Unit, epoch: 1));
        await city.SignOnAsync(driver: 2, cab: 2);
        await city.NudgeAsync(2);
        Assert.AreEqual("unrated", (await other.NextNewsAsync("rating", before)).Kind, "the others stay connected");
        Assert.AreEqual(0, city.Refused.Of(null).GetValueOrDefault("unknown"));
    }

    private static readonly ConcurrentDictionary<(DisplayCity, int), UnitConfig> Units = new();

    /// <summary>A city of two cabs at a broker that knows them.</summary>
    internal static async Task<DisplayCity> BuildAsync(MosquittoServer broker, Dictionary<string, string?>? settings = null, int cabs = 2)
    {
        var city = await DisplayCity.BuildAsync(cabs, start: false, settings: settings ?? broker.Settings);
        for (var n = 1; n <= 2; n++)
            Units[(city, n)] = await city.ProvisionAsync(n);
        await broker.StartAsync(city);
        await city.StartAsync();
        return city;
    }

    internal static UnitConfig Unit(DisplayCity city, int n) => Units[(city, n)];

    internal static Task<TestCab> ConnectAsync(DisplayCity city, int n) => TestCab.ConnectAsync(Unit(city, n), city.MqttPort);

    private static string Password(UnitConfig unit, int epoch = 1) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Base64Url.DecodeFromChars(unit.Key), Encoding.ASCII.GetBytes($"mqtt|{epoch}")));

    private static async Task<MqttClientConnectResultCode> TryAsync(MosquittoServer broker, UnitConfig unit, int epoch)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.ServerPort).WithCredentials(unit.Id, Password(unit, epoch)).Build();
        return (await client.ConnectAsync(options)).ResultCode;
    }

    private static async Task<(IMqttClient, Inbox)> ConnectRawAsync(MosquittoServer broker, UnitConfig unit, string clientId)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var received = new Inbox();
        client.ApplicationMessageReceivedAsync += message =>
        {
            received.Add($"{message.ApplicationMessage.Topic} {message.ApplicationMessage.ConvertPayloadToString()}");
            return Task.CompletedTask;
        };
        var connected = await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", broker.CabPort).WithProtocolVersion(MqttProtocolVersion.V311).WithClientId(clientId)
            .WithCredentials(unit.Id, Password(unit)).Build());
        Assert.AreEqual(MqttClientConnectResultCode.Success, connected.ResultCode);
        return (client, received);
    }

    private static Task<Outcome<CommandView>> CommandAsync(DisplayCity city, string display) => CommandAsync(city.Server.Services, display);

    internal static async Task<Outcome<CommandView>> CommandAsync(IServiceProvider server, string display)
    {
        await using var scope = server.CreateAsyncScope();
        return await CommandDisplay.HandleAsync(
            display, new(DisplayCity.Keeper, "identify"), scope.ServiceProvider.GetRequiredService<OperationContext>(),
            scope.ServiceProvider.GetRequiredService<DisplayServices>(), CancellationToken.None);
    }

    /// <summary>For a display that the server believes to be online.</summary>
    private static async Task<Outcome<CommandView>> CommandOnlineAsync(DisplayCity city, string display)
    {
        var registered = city.Server.Services.GetRequiredService<DisplayRegistry>();
        Assert.IsTrue(registered.TryFind(display, out var found));
        city.Board.PutReported([city.Board.ReportedOf(found.Id) with { Online = true, ReceivedAt = city.Time.GetUtcNow() }]);
        return await CommandAsync(city, display);
    }

    /// <summary>Everything that a client has received: topic, space, payload.</summary>
    private sealed class Inbox
    {
        private readonly ConcurrentQueue<string> _messages = new();

        public event Action? Added;

        public IReadOnlyCollection<string> Messages => _messages;

        public void Add(string message)
        {
            _messages.Enqueue(message);
            Added?.Invoke();
        }
    }
}
