using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Link;

/// <summary>What a unit costs in a month on a mobile network, counted at its link: payloads, and what PROTOCOL.md reckons around them.</summary>
[TestClass]
public sealed class BudgetTests
{
    private const long Day = 86400000;
    private const int DaysOfAMonth = 30;
    private const double Normal = 15e6;

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Sixteen hours with the ignition on in ten drives, the link lost once in each, parked and asleep in between; a heartbeat of 150 s, as the server sets it.</summary>
    [TestMethod]
    public void Month_OfNormalService_CostsLessThanFifteenMegabytes()
    {
        TestCab cab = Online();
        var meter = new Meter(cab);
        const int drives = 10;
        for (int drive = 0; drive < drives; drive++)
        {
            cab.Sensors.IsIgnitionOn = true;
            for (int minute = 0; minute < 16 * 60 / drives; minute++)
            {
                cab.Run(60000);
                if (minute == 48) cab.Link.Break();
                meter.Read();
            }

            // Dark, online for ten minutes more, then asleep.
            cab.Sensors.IsIgnitionOn = false;
            cab.Run(600000);
            meter.Read();
            cab.Restart();
            meter = new Meter(cab, meter.Bytes);
        }

        double month = meter.Bytes * DaysOfAMonth;
        TestContext.WriteLine($"{month / 1e6:F1} MB in a month of normal service");
        Assert.IsLessThan(Normal, month);
    }

    /// <summary>
    /// Everything that can chatter does so every second of a day: case, supply, thermometer, a light, button, ambient light, ignition, and a link that
    /// breaks as soon as it is up.
    /// </summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Month_OfAnyChatter_CostsLessThanThreeTimesAsMuch(bool doesLinkBreak)
    {
        TestCab cab = Online();
        var meter = new Meter(cab);
        for (long second = 0; second < 86400; second++)
        {
            bool odd = (second & 4) != 0;
            cab.Sensors.IsOpen = odd;
            cab.Sensors.Battery = odd ? 8000 : 17500;
            cab.Sensors.IsThermometerDead = odd;
            cab.Sensors.Light = odd ? 5 : 30000;
            cab.Sensors.IsIgnitionOn = (second & 32) == 0;
            cab.Sensors.Press();
            cab.Lights.Break((int)(second % 5), odd ? 1 : 0);
            if (doesLinkBreak && second % 15 == 14) cab.Link.Break();
            if (second % 7 == 0) cab.Link.Deliver(Message.RatingTopic, new byte[80]);
            cab.Run(1000);
            meter.Read();
        }

        double month = (meter.Bytes - Budget.Capacity) * DaysOfAMonth;
        TestContext.WriteLine($"{month / 1e6:F1} MB in a month of chatter; {meter.Connections} connections and {meter.Messages} messages in a day");
        Assert.IsLessThan(3 * Normal, month);
    }

    [TestMethod]
    public void Budget_Refill_IsBelowThreeTimesNormalService() =>
        Assert.IsLessThan(3 * Normal, (double)Budget.BytesPerSecond * 86400 * DaysOfAMonth);

    [TestMethod]
    public void Budget_Emptied_WaitsToTheMillisecond()
    {
        var budget = new Budget();
        budget.Spend(Budget.Capacity, 1000);
        Assert.AreEqual(0, budget.WaitFor(0, 1000), "it may be emptied to the last byte");
        budget.Spend(16, 1000);
        Assert.AreEqual(1000, budget.WaitFor(0, 1000));
        Assert.AreEqual(1, budget.WaitFor(0, 1999));
        Assert.AreEqual(0, budget.WaitFor(0, 2000));
        budget.Spend(0, Day);
        Assert.AreEqual(0, budget.WaitFor(Budget.Capacity, Day));
        Assert.AreEqual(1, budget.WaitFor(Budget.Capacity + 1, Day) / 62);
    }

    /// <summary>A unit whose budget is spent still says every heartbeat that it lives, and what it shows.</summary>
    [TestMethod]
    public void Heartbeat_OfASpentBudget_IsSentAllTheSame()
    {
        TestCab cab = Online();
        for (int i = 0; i < 11; i++)
        {
            cab.Link.Break();
            cab.Run(1000);
        }

        cab.Run(600000);
        Assert.IsTrue(cab.Unit.IsOnline);
        for (int i = 0; i < 200; i++)
        {
            cab.Sensors.IsOpen = !cab.Sensors.IsOpen;
            cab.Run(2000);
        }

        int before = States(cab);
        cab.Run(300000 + 1000);
        Assert.IsGreaterThanOrEqualTo(before + 2, States(cab));
    }

    private static int States(TestCab cab) => cab.Link.Messages.Count(m => m.Topic.EndsWith("/state", StringComparison.Ordinal));

    private static TestCab Online()
    {
        var cab = new TestCab { Platform = { ResetCause = ResetCause.Power }, Link = { IsBrokerUp = true } };
        cab.Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config(heartbeat: 150));
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Run(1000);
        return cab;
    }

    /// <summary>Counts what goes over the link, and acknowledges incidents as the server would.</summary>
    private sealed class Meter(TestCab cab, double before = 0)
    {
        private int _read;
        private int _opens;

        public double Bytes { get; private set; } = before;

        public int Connections => _opens;

        public int Messages => _read;

        public void Read()
        {
            Bytes += (cab.Link.Opens - _opens) * (double)Budget.PerConnection;
            _opens = cab.Link.Opens;
            bool hasIncidents = false;
            for (; _read < cab.Link.Messages.Count; _read++)
            {
                FakeLink.Sent message = cab.Link.Messages[_read];
                bool isBatch = message.Topic.EndsWith("/incidents", StringComparison.Ordinal);
                hasIncidents |= isBatch;
                Bytes += message.Payload.Length + (isBatch ? Budget.PerBatch : Budget.PerMessage);
            }

            if (hasIncidents && cab.Unit.IsOnline) cab.Link.Deliver(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, cab.Unit.Journal.Newest));
        }
    }
}
