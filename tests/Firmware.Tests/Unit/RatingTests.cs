using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Units;

/// <summary>What is shown, over time and restarts.</summary>
[TestClass]
public sealed class RatingTests
{
    private const long Rev = TestCab.Epoch;

    [TestMethod]
    public void Cab_New_IsDarkForWantOfData()
    {
        TestCab cab = new TestCab().Start().Settle();
        Assert.AreEqual(("00000", DisplayState.NoData), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    [DataRow(0, "10000")]
    [DataRow(1, "11000")]
    [DataRow(2, "11100")]
    [DataRow(3, "11110")]
    [DataRow(4, "11111")]
    public void Rating_StoredAndStartedAgain_IsTheFirstLight(int stars, string lit)
    {
        TestCab cab = Showing(stars);
        cab.PowerDown();
        Assert.AreEqual("00000", cab.Lit);
        cab.Unit.Start(0);
        Assert.AreEqual(lit, cab.Lit);
    }

    [TestMethod]
    public void SelfTest_AtPowerUp_ShowsEachChannelInTurnAndThenTheRating()
    {
        TestCab cab = Showing(2);
        cab.Restart();
        var seen = new List<string> { cab.Lit };
        while (cab.Now < 1900)
        {
            cab.Run(10);
            if (seen[^1] != cab.Lit) seen.Add(cab.Lit);
            bool isMeasured = cab.Now % SelfTest.StepMilliseconds == SelfTest.StepMilliseconds - 10;
            if (isMeasured) Assert.AreEqual(cab.Lights.Lit, cab.Unit.Panel.Check.Lit, "what is reported is what is lit, in the test as well");
        }

        CollectionAssert.AreEqual(new[] { "11100", "00000", "10000", "01000", "00100", "00010", "00001", "11100" }, seen);
        Assert.AreEqual(DisplayState.Showing, cab.Unit.Panel.State);
    }

    [TestMethod]
    [DataRow(ResetCause.Watchdog)]
    [DataRow(ResetCause.Software)]
    public void SelfTest_AfterAReset_IsNotShown(int cause)
    {
        TestCab cab = Showing(2);
        cab.Restart(cause);
        for (int i = 0; i < 160; i++)
        {
            cab.Run(10);
            Assert.AreEqual("11100", cab.Lit);
        }
    }

    [TestMethod]
    public void Rating_PastUntil_GoesStaleOnTheSecond()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, until: Rev + 10 + 60));
        cab.Run(60000 - cab.Now + 999);
        Assert.AreEqual("11110", cab.Lit);
        cab.Run(Unit.Beat + 1);
        Assert.AreEqual(("00000", DisplayState.Stale), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    public void Rating_PastUntilWhileOff_IsNotShownEvenWithoutAClock()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, until: Rev + 600));
        cab.Run(800000);
        cab.Time.Rtc = 0;
        cab.PowerDown();
        cab.Unit.Start(0);
        Assert.AreEqual(("00000", DisplayState.SelfTest), (cab.Lit, cab.Unit.Panel.State));
        cab.Settle();
        Assert.AreEqual(DisplayState.Stale, cab.Unit.Panel.State);
    }

    [TestMethod]
    public void Rating_ClockWrongByYears_ComesBackWhenTheClockDoes()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Time.Network = Rev + (300 * 86400);
        cab.Run(Unit.Beat);
        Assert.AreEqual(("00000", DisplayState.Stale), (cab.Lit, cab.Unit.Panel.State));
        cab.Time.Network = Rev + 20;
        cab.Run(Unit.Beat);
        Assert.AreEqual(("11110", DisplayState.Showing), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    public void Rating_ClockFrom1970_IsShownByTheFloor()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 3;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        Assert.AreEqual("11110", cab.Lit);
        Assert.IsFalse(cab.Unit.Clock.IsKnown);
    }

    [TestMethod]
    public void Hold_Over_EndsWithTheSameMessage()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, hold: 0));
        cab.Link.IsBrokerUp = true;
        cab.Restart().Settle();
        Assert.AreEqual("00000", cab.Lit);
        cab.Receive(Message.RatingTopic, Message.Rated(3, hold: 0));
        cab.Run(100);
        Assert.AreEqual("11110", cab.Lit);
    }

    [TestMethod]
    public void Ignition_Off_IsDarkAndOnAgainShows()
    {
        TestCab cab = Showing(3);
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(3 * Unit.Beat);
        Assert.AreEqual("11110", cab.Lit, "a contact that chatters is not yet a parked car");
        cab.Run(Unit.Beat);
        Assert.AreEqual(("00000", DisplayState.Off), (cab.Lit, cab.Unit.Panel.State));
        cab.Sensors.IsIgnitionOn = true;
        cab.Run(2 * Unit.Beat);
        Assert.AreEqual("11110", cab.Lit);
    }

    [TestMethod]
    public void Kinds_ThatAreNotRated_AreDarkForAStatedReason()
    {
        TestCab cab = Showing(3);
        cab.Receive(Message.RatingTopic, Message.Unrated(Rev + 1));
        cab.Run(50);
        Assert.AreEqual(("00000", DisplayState.Unrated), (cab.Lit, cab.Unit.Panel.State));
        cab.Receive(Message.RatingTopic, Message.Vacant(Rev + 2));
        cab.Run(50);
        Assert.AreEqual(("00000", DisplayState.Vacant), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    public void Memory_ThatDoesNotAnswer_ShowsWhatComesAndSaysSo()
    {
        TestCab cab = Showing(3);
        cab.Memory.IsDead = true;
        cab.Receive(Message.RatingTopic, Message.Rated(1, Rev + 1));
        cab.Run(Unit.Beat);
        Assert.AreEqual("11000", cab.Lit);
        Assert.IsFalse(cab.Unit.Ratings.IsSafe);
    }

    [TestMethod]
    public void Memory_DeadAtPowerUp_IsDarkAndDoesNotThrow()
    {
        TestCab cab = Showing(3);
        cab.Memory.IsDead = true;
        cab.PowerDown();
        cab.Unit.Start(0);
        cab.Settle();
        Assert.AreEqual(("00000", DisplayState.NoData), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    public void Config_Broken_ShowsTheStoredRatingAllTheSame()
    {
        TestCab cab = Showing(3);
        cab.PowerDown();
        cab.Unit.Start(0);
        cab.Run(10000);
        Assert.AreEqual("11110", cab.Lit);
        Assert.AreEqual(0, cab.Link.Opens);
    }

    [TestMethod]
    public void Provisioning_AsAnotherDisplay_BeginsANewJournalAndForgetsTheRating()
    {
        TestCab cab = Showing(3);
        string journal = cab.Unit.Identity.JournalId;
        cab.Restart(config: TestCab.Config("disp-0002")).Settle();
        Assert.AreEqual("00000", cab.Lit);
        Assert.AreNotEqual(journal, cab.Unit.Identity.JournalId);
        var incident = new Incident();
        Assert.IsTrue(cab.Unit.Journal.Read(1, incident));
        Assert.AreEqual(IncidentKind.PowerOn, incident.Kind);
    }

    [TestMethod]
    public void Backlog_OfThreeHundredDays_KeepsTheFirstAReserveAndTheLight()
    {
        TestCab cab = Showing(3);
        for (int day = 0; day < 300; day++)
        {
            cab.Restart();
            cab.Sensors.Press();
            cab.Run(2500);
        }

        Assert.AreEqual("11110", cab.Lit);
        var incident = new Incident();
        Assert.IsTrue(cab.Unit.Journal.Read(1, incident));
        Assert.AreEqual((IncidentKind.PowerOn, 70u), (incident.Kind, cab.Unit.Journal.Newest));
        cab.Sensors.IsOpen = true;
        cab.Run(2500);
        Assert.IsTrue(cab.Unit.Journal.Read(cab.Unit.Journal.Newest, incident));
        Assert.AreEqual((IncidentKind.Tamper, 71u), (incident.Kind, cab.Unit.Journal.Newest));
        Assert.AreEqual(302u, cab.Unit.Counters.Boot + 1);
    }

    private static TestCab Showing(int stars)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(stars));
        cab.Run(10);
        return cab;
    }
}
