using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Units;

/// <summary>A unit whose clock, server or time server is wrong, and what sets it right.</summary>
[TestClass]
public sealed class ClockTests
{
    private const long Rev = TestCab.Epoch;
    private const long Day = 86400;

    [TestMethod]
    [DataRow(-2, true)]
    [DataRow(-1, false)]
    [DataRow(0, false)]
    [DataRow(1, false)]
    [DataRow(2, true)]
    [DataRow(-60 * Day, true, DisplayName = "60 days back")]
    [DataRow(300 * Day, true, DisplayName = "300 days ahead")]
    public void Answer_OfTheServer_SetsClockFloorAndChip(long seconds, bool isMoved)
    {
        TestCab cab = Online();
        long chip = cab.Time.Rtc;
        long now = cab.Unit.Clock.Best(cab.Now) + seconds;
        cab.Answer(now);
        Assert.AreEqual((now, now, ClockSource.Server), (cab.Unit.Clock.Best(cab.Now), cab.Unit.Clock.Floor(cab.Now), cab.Unit.Clock.Source));
        Assert.AreEqual((isMoved ? now : chip, now), (cab.Time.Rtc, cab.Time.System));
        Assert.AreEqual(isMoved, cab.Journalled.Contains((IncidentKind.ClockSet, seconds)));
        cab.PowerDown();
        cab.Time.Rtc = 0;
        cab.Start();
        Assert.AreEqual(now, cab.Unit.Clock.Best(0), 1, "the floor that is stored went back too");
    }

    [TestMethod]
    public void Chip_WithoutATime_IsSetByTheFirstAnswer()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, now: Rev + 5));
        Assert.AreEqual(0, cab.Time.Rtc, "a signed time that answers no question may be old");
        cab.Answer(cab.Unit.Clock.Best(cab.Now));
        Assert.AreEqual(cab.Unit.Clock.Best(cab.Now), cab.Time.Rtc);
    }

    /// <summary>The answer of a minute in which the server was 60 days ahead, kept by the broker and repeated when it is right again.</summary>
    [TestMethod]
    public void Answer_Repeated_AnswersNothing()
    {
        TestCab cab = Online();
        byte[] wrong = cab.Answer(Rev + (60 * Day));
        cab.Run(11000);
        cab.Answer(Rev + 100);
        Assert.AreEqual(Refusal.Early, cab.Unit.Inbound.Receive(Message.AckTopic, wrong, cab.Now));
        Assert.AreEqual(Rev + 100, cab.Unit.Clock.Best(cab.Now), 1);
        byte[] right = cab.Answer(Rev + 111);
        cab.Run(30000);
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.AckTopic, right, cab.Now));
        Assert.AreEqual(Rev + 141, cab.Unit.Clock.Best(cab.Now), 2);
    }

    [TestMethod]
    [DataRow(59000, true)]
    [DataRow(61000, false)]
    [DataRow(86400000, false, DisplayName = "from yesterday")]
    public void Answer_LateByMilliseconds_CountsForAMinute(int late, bool counts)
    {
        TestCab cab = Online(heartbeat: 3600);
        cab.Run(3600000 - cab.Now % 3600000);
        long before = cab.Unit.Clock.Best(cab.Now);
        int states = cab.Link.Messages.Count;
        cab.Sensors.IsOpen = true;
        cab.Run(3000);
        Assert.IsGreaterThan(states, cab.Link.Messages.Count);
        string nonce = cab.Nonce;
        cab.Run(late - 2500);
        cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, 0, now: before + 50000, nonce: nonce));
        Assert.AreEqual(counts ? ClockSource.Server : ClockSource.Chip, cab.Unit.Clock.Source);
    }

    [TestMethod]
    [DataRow("0123456789abcdef", Refusal.None, DisplayName = "never asked")]
    [DataRow("0123456789abcde", Refusal.Form, DisplayName = "too short")]
    [DataRow("", Refusal.Form, DisplayName = "empty")]
    [DataRow("0123456789ABCDEF", Refusal.Form, DisplayName = "upper case")]
    public void Nonce_ThatWasNotAsked_SetsNothing(string nonce, int refusal)
    {
        TestCab cab = Online();
        byte[] ack = Message.Ack(cab.Unit.Identity.JournalId, 0, now: Rev, nonce: nonce);
        Assert.AreEqual(refusal, cab.Unit.Inbound.Receive(Message.AckTopic, ack, cab.Now));
        Assert.AreEqual(ClockSource.Chip, cab.Unit.Clock.Source);
    }

    [TestMethod]
    public void Question_OfEveryStart_IsAnother()
    {
        var asked = new HashSet<string>();
        TestCab cab = Online();
        for (int start = 0; start < 20; start++)
        {
            Assert.IsTrue(asked.Add(cab.Nonce));
            cab.Run(65000);
            Assert.IsTrue(asked.Add(cab.Nonce));
            cab.Restart().Settle();
        }
    }

    /// <summary>A server 60 days ahead for a minute: what it signs makes the rating stale, and the next right answer lights it again.</summary>
    [TestMethod]
    public void Server_SixtyDaysAheadForAMinute_HealsByItself()
    {
        TestCab cab = Online();
        long wrong = Rev + (60 * Day);
        cab.Receive(Message.CmdTopic, Message.Seal(Message.CmdTopic, $"\"rev\":{wrong},\"now\":{wrong},\"do\":\"identify\",\"exp\":{wrong + 60}"));
        cab.Run(1000);
        Assert.AreEqual(("00000", DisplayState.Stale), (cab.Lit, cab.Unit.Panel.State));
        cab.Answer(Rev + 30);
        cab.Run(100);
        Assert.AreEqual(("11110", DisplayState.Showing), (cab.Lit, cab.Unit.Panel.State));
        cab.Restart().Settle();
        Assert.AreEqual("11110", cab.Lit);
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(1, Rev + 40, now: Rev + 40), cab.Now));
    }

    /// <summary>Once the server has answered, what it signs a day ahead of that is refused: the light stays.</summary>
    [TestMethod]
    [DataRow(Day, Refusal.None)]
    [DataRow(Day + 2, Refusal.Early)]
    public void Server_AheadAfterItHasAnswered_IsRefused(long ahead, int refusal)
    {
        TestCab cab = Online();
        cab.Answer(Rev + 30);
        byte[] rating = Message.Rated(1, Rev + 50, now: Rev + 30 + ahead, until: Rev + 30 + ahead + (35 * Day));
        Assert.AreEqual(refusal, cab.Unit.Inbound.Receive(Message.RatingTopic, rating, cab.Now));
        cab.Run(100);
        Assert.AreEqual(refusal == Refusal.None ? "11000" : "11110", cab.Lit);
    }

    [TestMethod]
    [DataRow(300 * Day, DisplayName = "300 days ahead")]
    [DataRow(-1, DisplayName = "a second back")]
    public void TimeServer_ThatLies_MovesNoClockThatTheChipGave(long off)
    {
        TestCab cab = Online();
        long chip = cab.Time.Rtc;
        cab.Time.Network = cab.Unit.Clock.Best(cab.Now) + off;
        cab.Run(Unit.Beat);
        Assert.AreEqual((ClockSource.Chip, chip, "11110"), (cab.Unit.Clock.Source, cab.Time.Rtc, cab.Lit));
    }

    [TestMethod]
    public void TimeServer_ThreeHundredDaysAheadWithoutAChip_IsOverruledByTheServer()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Time.Network = Rev + (300 * Day);
        cab.Run(1000);
        Assert.AreEqual(("00000", DisplayState.Stale, 0L), (cab.Lit, cab.Unit.Panel.State, cab.Time.Rtc));
        cab.Answer(Rev + 30);
        cab.Run(100);
        Assert.AreEqual(("11110", Rev + 30), (cab.Lit, cab.Time.Rtc));
    }

    /// <summary>A time server that says a time before the one that the server signed lit an expired rating again.</summary>
    [TestMethod]
    public void TimeServer_BehindTheRatingsEnd_LightsNothingAgain()
    {
        TestCab cab = Online();
        cab.Receive(Message.RatingTopic, Message.Rated(4, Rev + 1, until: Rev + 60));
        cab.Run(70000);
        Assert.AreEqual("00000", cab.Lit);
        cab.Time.Network = Rev + 20;
        cab.Run(1000);
        Assert.AreEqual(("00000", DisplayState.Stale), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    public void SystemClock_BeforeTheFirstAttempt_IsTheChips()
    {
        var cab = new TestCab();
        cab.Start();
        Assert.AreEqual((0, 0L), (cab.Link.Opens, cab.Time.System));
        Attempt(cab);
        Assert.AreEqual(Rev + 10, cab.Time.System, 2);
    }

    /// <summary>A chip that is wrong by years fails each handshake; the floor, which is late at worst, does not.</summary>
    [TestMethod]
    public void SystemClock_OfAttemptsThatFail_AlternatesWithTheFloor()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Run(61000);
        cab.Time.Rtc = Rev + (390 * Day);
        cab.Restart();
        Attempt(cab);
        Assert.AreEqual(Rev + (390 * Day), cab.Time.System, 2);
        Fail(cab);
        Assert.AreEqual(Rev + 62, cab.Time.System, 10);
        Fail(cab);
        Assert.AreEqual(Rev + (390 * Day), cab.Time.System, 20);
    }

    [TestMethod]
    public void SystemClock_WithoutAnyTime_IsThatOfTheFile()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        string key = Base64Url.Encode(TestCab.RootKey);
        string json = $$"""{"v":1,"id":"disp-0001","key":"{{key}}","epoch":1,"now":{{Rev}},"broker":"b","port":1,"tls":false}""";
        cab.Start(UnitConfig.Read(Encoding.UTF8.GetBytes(json), out _));
        Attempt(cab);
        Assert.AreEqual(ClockSource.Floor, cab.Unit.Clock.Source);
        Assert.AreEqual(Rev, cab.Time.System, 2);
        Fail(cab);
        Assert.AreEqual(Rev, cab.Time.System, 10);
    }

    [TestMethod]
    public void SystemClock_WithoutAnyTimeAtAll_IsLeftAlone()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Start();
        Attempt(cab);
        Assert.AreEqual(0, cab.Time.System);
    }

    private static void Fail(TestCab cab)
    {
        cab.Link.Break();
        Attempt(cab);
    }

    private static void Attempt(TestCab cab)
    {
        int opens = cab.Link.Opens;
        while (cab.Link.Opens == opens) cab.Run(100);
    }

    private static TestCab Online(int heartbeat = 60)
    {
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config(heartbeat: heartbeat));
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Run(2000);
        Assert.AreEqual("11110", cab.Lit);
        return cab;
    }
}
