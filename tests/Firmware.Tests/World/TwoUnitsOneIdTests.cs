using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.World;

/// <summary>Two units with the same <c>config.json</c>, and a broker that keeps the newer connection of a client id, as MQTT demands.</summary>
[TestClass]
public sealed class TwoUnitsOneIdTests
{
    private const long Hour = 3600000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void TwoUnits_ForSixHours_ContendEverMoreSlowlyShowWhatIsSignedAndKeepTwoJournals()
    {
        var broker = new Broker { Rating = Message.Rated(4) };
        Contender[] units = [new(broker, 1), new(broker, 2)];
        var takeOvers = new List<int>();
        for (long now = 0; now < 6 * Hour; now = units.Min(unit => unit.Due))
        {
            if (now / Hour >= takeOvers.Count) takeOvers.Add(0);
            takeOvers[^1] += broker.TakeOvers;
            broker.TakeOvers = 0;
            if (now >= 3 * Hour) broker.Rating = Message.Rated(1, TestCab.Epoch + 1);
            foreach (Contender unit in units) unit.Advance(now);
            if (now is > 600000 and < 3 * Hour) Assert.IsTrue(units.All(unit => unit.Lit == 31), $"four stars at {now} ms");
            if (now > 4 * Hour) Assert.IsTrue(units.All(unit => unit.Lit == 3), $"one star at {now} ms");
        }

        string incidents = string.Join(" and ", units.Select(unit => unit.Unit.Journal.Newest));
        TestContext.WriteLine($"take-overs in each hour: {string.Join(", ", takeOvers)}; incidents {incidents}");
        Assert.IsTrue(takeOvers.All(count => count is > 5 and < 80), "at first one unit comes every two and a half minutes and the other throws it off; then both wait for their budget");
        Assert.AreNotEqual(units[0].Unit.Identity.JournalId, units[1].Unit.Identity.JournalId);
        foreach (Contender unit in units)
        {
            IReadOnlyDictionary<uint, (string Kind, long Arg)> stored = broker.Servers[unit.Unit.Identity.JournalId].Stored;
            Assert.IsLessThan(5u, unit.Unit.Journal.Backlog, "neither journal is held up by the other's acknowledgements");
            Assert.HasCount((int)stored.Keys.Max(), stored, "every incident, once");
            Assert.IsLessThan(2u * (8 + 36) + 10, unit.Unit.Journal.Newest, "a link that comes and goes does not flood the journal");
        }
    }

    private sealed class Broker
    {
        private Contender? _holder;

        public required byte[] Rating { get; set; }

        public int TakeOvers { get; set; }

        public Dictionary<string, SimulatedServer> Servers { get; } = [];

        public void Enter(Contender client)
        {
            if (_holder is { } other && other != client)
            {
                TakeOvers++;
                other.ThrowOff();
            }

            _holder = client;
        }

        public void Leave(Contender client) => _holder = _holder == client ? null : _holder;

        public bool Holds(Contender client) => _holder == client;

        /// <summary>The server keeps each journal apart, and acknowledges to the id, whoever holds it.</summary>
        public void Take(byte[] batch)
        {
            string text = Encoding.UTF8.GetString(batch);
            string journal = text.Substring(text.IndexOf("journal", StringComparison.Ordinal) + 10, 16);
            if (!Servers.TryGetValue(journal, out SimulatedServer? server)) Servers[journal] = server = new SimulatedServer();
            _holder?.Inbox.Add(LinkReport.Message, 0, Message.AckTopic, server.Take(batch));
        }
    }

    private sealed class Contender : ILink
    {
        private readonly Broker _broker;
        private readonly VirtualLights _lights = new();
        private readonly VirtualSensors _sensors = new();
        private long _now;
        private int _attempt;
        private bool _isStarted;

        public Contender(Broker broker, int seed)
        {
            _broker = broker;
            var converter = new VirtualConverter(Parts.Typical, _lights, _sensors, () => _now);
            var memory = new RamMemory();
            FactoryBench.Calibrate(_lights, converter, _sensors, memory, new FakePlatform(seed));
            Unit = new Unit(new Board(memory, _lights, converter, _sensors, new FixedTime { Rtc = TestCab.Epoch }, new FakePlatform(seed), this));
        }

        public Unit Unit { get; }

        public long Due { get; private set; }

        public int Lit => Unit.Panel.State == DisplayState.Off ? 0 : _lights.Lit;

        public LinkInbox Inbox { get; } = new();

        public void Advance(long now)
        {
            _now = now;
            if (!_isStarted)
            {
                Unit.Start(now);
                Unit.Provision(TestCab.Config(), now);
                _isStarted = true;
            }

            Due = Math.Max(Unit.Tick(now), now + 1);
        }

        public void ThrowOff() => Inbox.Add(LinkReport.Closed, _attempt, "", null);

        public bool IsAlive => true;

        public void Open(int attempt, string password)
        {
            _attempt = attempt;
            _broker.Enter(this);
            Inbox.Add(LinkReport.Opened, attempt, "", null);
        }

        public void Close() => _broker.Leave(this);

        public void Subscribe(string[] topics)
        {
            if (!_broker.Holds(this)) return;
            Inbox.Add(LinkReport.Subscribed, _attempt, "", null);
            Inbox.Add(LinkReport.Message, 0, Message.RatingTopic, _broker.Rating);
        }

        public void Publish(int id, string topic, byte[] payload, bool retain)
        {
            if (!_broker.Holds(this)) return;
            Inbox.Add(LinkReport.Delivered, id, "", null);
            if (topic.EndsWith("/incidents", StringComparison.Ordinal)) _broker.Take(payload);
        }
    }
}
