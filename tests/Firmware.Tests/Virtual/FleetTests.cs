using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class FleetTests
{
    private const int Cabs = 205;

    private readonly ConditionWaiter _waiter = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-").FullName;

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public async Task Fleet_Of205_ConnectsShowsAndSurvivesTheBroker()
    {
        TestBroker broker = await StartBrokerAsync();
        for (int i = 1; i <= Cabs; i++) WriteConfig(Id(i), broker.Port);

        var watch = Stopwatch.StartNew();
        await using Fleet fleet = Started((Id(7), "star2-open"), (Id(8), "star2-stuck"));
        await _waiter.UntilAsync(() => broker.States.Count == Cabs, "all have reported");
        TestContext.WriteLine($"{Cabs} cabs reported after {watch.ElapsedMilliseconds} ms");

        bool HasTested(Cab cab) => cab.Unit.Panel.State is DisplayState.NoData or DisplayState.Fault;
        await _waiter.UntilAsync(() => fleet.Cabs.Values.All(HasTested), "self tests are over");
        await PublishAllAsync(broker, 3, 0);
        await _waiter.UntilAsync(() => Count(broker, "\"lit\":\"11110\"") == Cabs - 1, "all show three stars");
        const string broken = "\"display\":\"fault\",\"lit\":\"00000\",\"faults\":[\"star2-open\"]";
        bool HasToldItsFault() => broker.States[Id(7)].Contains(broken, StringComparison.Ordinal);
        await _waiter.UntilAsync(HasToldItsFault, "the broken star is told");
        StringAssert.Contains(broker.States[Id(8)], "\"faults\":[\"star2-stuck\"]");

        watch.Restart();
        await PublishAllAsync(broker, 1, 1);
        await _waiter.UntilAsync(() => Count(broker, "\"lit\":\"11000\"") == Cabs - 1, "all show one star");
        TestContext.WriteLine($"{Cabs} cabs reported their new stars after {watch.ElapsedMilliseconds} ms");
        StringAssert.Contains(broker.States[Id(8)], "\"display\":\"fault\",\"lit\":\"00100\",\"faults\":[\"star2-stuck\"]");

        await broker.DisposeAsync();
        await _waiter.UntilAsync(() => fleet.Online == 0, "the broker is missed");
        Assert.AreEqual(Cabs - 1, fleet.Cabs.Values.Count(cab => cab.Lights.Lit == 3), "all but the stuck one; nobody needs the broken star");

        await using TestBroker again = await StartBrokerAsync(broker.Port);
        await _waiter.UntilAsync(() => again.States.Count == Cabs, "all have come back");
        Assert.AreEqual(Cabs - 1, Count(again, "\"lit\":\"11000\""));
    }

    [TestMethod]
    public async Task Fleet_StartedAgain_ShowsTheLastRatingWithoutABroker()
    {
        TestBroker broker = await StartBrokerAsync();
        WriteConfig(Id(1), broker.Port);
        await using (Fleet fleet = Started())
        {
            await PublishAllAsync(broker, 4, 0, 1);
            await _waiter.UntilAsync(() => Count(broker, "\"lit\":\"11111\"") == 1, "it shows");
        }

        await broker.DisposeAsync();
        await using Fleet again = Started();
        await _waiter.UntilAsync(() => again.Cabs[Id(1)].Unit.Panel.State == DisplayState.Showing, "it shows again");
        Assert.AreEqual(31, again.Cabs[Id(1)].Lights.Lit);
    }

    [TestMethod]
    public async Task Fleet_FolderThatAppearsLater_IsTaken()
    {
        await using Fleet fleet = Started();
        WriteConfig(Id(1), 1);
        fleet.Look();
        Assert.IsTrue(fleet.Cabs.ContainsKey(Id(1)));
    }

    [TestMethod]
    public async Task Fleet_BrokenConfig_IsToldOnceAndTakenWhenItIsWhole()
    {
        var log = new StringWriter(CultureInfo.InvariantCulture);
        await using Fleet fleet = New(log: log);
        string path = WriteConfig(Id(1), 1);
        string whole = File.ReadAllText(path);
        File.WriteAllText(path, whole[..20]);
        fleet.Look();
        fleet.Look();
        Assert.AreEqual(1, log.ToString().Split("not a flat JSON object").Length - 1);

        File.WriteAllText(path, whole);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        fleet.Look();
        Assert.IsTrue(fleet.Cabs.ContainsKey(Id(1)));
    }

    [TestMethod]
    public void FleetLock_Taken_IsRefusedToASecond()
    {
        using (FleetLock? first = FleetLock.TryTake(_folder, out _))
        {
            Assert.IsNotNull(first);
            Assert.IsNull(FleetLock.TryTake(_folder, out string owner));
            Assert.AreEqual(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), owner);
        }

        using FleetLock? next = FleetLock.TryTake(_folder, out _);
        Assert.IsNotNull(next);
    }

    private static string Id(int number) => $"disp-{number:0000}";

    private static int Count(TestBroker broker, string text) => broker.States.Values.Count(state => state.Contains(text, StringComparison.Ordinal));

    private async Task<TestBroker> StartBrokerAsync(int port = 0)
    {
        TestBroker broker = await TestBroker.StartAsync(port);
        broker.Reported += _waiter.Notify;
        return broker;
    }

    /// <summary>A fleet that has looked once.</summary>
    private Fleet Started(params (string Id, string Word)[] faults)
    {
        Fleet fleet = New(faults);
        fleet.Look();
        foreach (Cab cab in fleet.Cabs.Values) cab.Ticked += _waiter.Notify;
        return fleet;
    }

    private Fleet New((string Id, string Word)[]? faults = null, TextWriter? log = null) =>
        new(_folder, int.MaxValue, new LinkSettings(1000), faults ?? [], log ?? TextWriter.Null, TimeProvider.System);

    private static async Task PublishAllAsync(TestBroker broker, int stars, int later, int cabs = Cabs)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        for (int i = 1; i <= cabs; i++)
        {
            string topic = $"tc/v1/d/{Id(i)}/rating";
            string json = $"{{\"v\":1,\"topic\":\"{topic}\",\"rev\":{now + later},\"now\":{now},\"kind\":\"rated\",\"stars\":{stars},"
                + $"\"period\":\"2017-12\",\"driver\":\"d-{i:0000}\",\"from\":{now},\"until\":{now + 3024000},\"hold\":3024000}}";
            byte[] body = Encoding.UTF8.GetBytes(json);
            byte[] mac = HMACSHA256.HashData(Keyring.Derive(TestBroker.RootOf(Id(i)), "down", 1), body);
            await broker.PublishAsync(topic, [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac) + "\n"), .. body]);
        }
    }

    private string WriteConfig(string id, int port)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, id)).FullName, "config.json");
        string key = Base64Url.Encode(TestBroker.RootOf(id));
        File.WriteAllText(path, $$"""{"v":1,"id":"{{id}}","key":"{{key}}","epoch":1,"broker":"127.0.0.1","port":{{port}},"tls":false}""");
        return path;
    }
}
