using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;

namespace Firmware.Tests.Units;

/// <summary>Every channel broken in every way, with every rating: what is lit is true, or dark, and what is reported is what is lit.</summary>
[TestClass]
public sealed class LightFaultTests
{
    /// <summary>Longer than a measurement, three more, and a search of five channels and the dark.</summary>
    private const int FindsWithin = 3000;

    public static IEnumerable<object[]> Cases =>
        from channel in Enumerable.Range(0, Channels.Count)
        from fault in new[] { LightFault.Open, LightFault.Short, LightFault.StuckOn }
        from stars in Enumerable.Range(0, 5)
        select new object[] { channel, fault, stars };

    /// <summary>
    /// A reading of the lights before arrives when the supply, at the limit of what can be measured, has been given up and has come back already.
    /// </summary>
    [TestMethod]
    [DataRow(20171202)]
    public void Lights_ThatChangeWhileTheSupplyIsAtTheLimit_AreNotReportedAsTheOnesBefore(int seed)
    {
        var random = new Random(seed);
        TestCab cab = new TestCab().Start().Settle();
        long rev = TestCab.Epoch;
        for (int round = 0; round < 400; round++)
        {
            cab.Link.Deliver(Message.RatingTopic, Message.Rated(random.Next(5), ++rev));
            for (int tick = random.Next(30, 200); tick > 0; tick--)
            {
                cab.Sensors.Battery = random.Next(9700, 10300);
                cab.Run(1);
                if (cab.Unit.Panel.IsSettled && !cab.Unit.Panel.IsBusy) Assert.AreEqual(cab.Lights.Lit, cab.Unit.Panel.Check.Lit, $"round {round}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fault_WhileShowing_IsFoundNamedAndNeverALie(int channel, int fault, int stars)
    {
        TestCab cab = Showing(stars);
        cab.Lights.Break(channel, fault);
        cab.Run(FindsWithin);

        int due = (2 << stars) - 1;
        bool isDue = (due & (1 << channel)) != 0;

        // A lit channel that is stuck at full duty, by day, is as it should be.
        bool isSeen = isDue ? fault != LightFault.StuckOn : fault == LightFault.StuckOn;
        Assert.AreEqual(isSeen ? fault : LightFault.None, cab.Unit.Panel.Check.FaultOf(channel), "seen at once where it matters");
        Assert.AreEqual(isSeen ? DisplayState.Fault : DisplayState.Showing, cab.Unit.Panel.State);
        int expected = isSeen ? (fault == LightFault.StuckOn ? 1 << channel : 0) : due;
        Assert.AreEqual(expected, cab.Lights.Lit);
        Assert.AreEqual(cab.Lights.Lit, cab.Unit.Panel.Check.Lit);
        Assert.AreEqual(isSeen ? 1 << channel : 0, cab.Unit.Panel.Check.Faulty, "no other channel is blamed");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fault_AtTheSelfTest_IsNamedEvenWhereItDoesNotMatter(int channel, int fault, int stars)
    {
        TestCab cab = Showing(stars);
        cab.Lights.Break(channel, fault);
        cab.Restart().Settle();

        Assert.AreEqual(fault, cab.Unit.Panel.Check.FaultOf(channel));
        Assert.AreEqual(1 << channel, cab.Unit.Panel.Check.Faulty);
        int due = (2 << stars) - 1;
        bool isDue = (due & (1 << channel)) != 0;
        bool isHarmless = isDue == (fault == LightFault.StuckOn);
        Assert.AreEqual(isHarmless ? DisplayState.Showing : DisplayState.Fault, cab.Unit.Panel.State);
        Assert.AreEqual(cab.Lights.Lit, cab.Unit.Panel.Check.Lit);
    }

    /// <summary>At night the pulses are too short for the drivers: an open string is found by its current alone.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fault_AtNight_IsFoundByItsCurrent(int channel, int fault, int stars)
    {
        TestCab cab = Night(stars);
        cab.Lights.Break(channel, fault);
        cab.Run(FindsWithin);
        bool isDue = (((2 << stars) - 1) & (1 << channel)) != 0;

        // A string whose LEDs are bridged draws its current and gives no light: nothing tells before the pulses are longer.
        bool isSeen = fault == LightFault.StuckOn || (isDue && fault == LightFault.Open);
        Assert.AreEqual(isSeen ? 1 << channel : 0, cab.Unit.Panel.Check.Faulty);
        Assert.AreEqual(isSeen ? fault : LightFault.None, cab.Unit.Panel.Check.FaultOf(channel));
    }

    /// <summary>What the street sees while a broken star is looked for: fewer channels, the bar first, and never one that was dark.</summary>
    [TestMethod]
    public void Search_OfABrokenChannel_LightsNothingThatWasDark()
    {
        TestCab cab = Showing(3);
        cab.Lights.Break(2, LightFault.Open);
        long end = cab.Now + FindsWithin;
        var seen = new List<int> { cab.Lights.Lit };
        while (cab.Now < end)
        {
            cab.Run(10);
            Assert.AreEqual(0, cab.Lights.Lit & ~seen[^1], "a channel was lit");
            if (cab.Lights.Lit != seen[^1]) seen.Add(cab.Lights.Lit);
        }

        CollectionAssert.AreEqual(new[] { 0b01011, 0b01010, 0b00010, 0 }, seen);
    }

    [TestMethod]
    [DataRow(LightFault.Open)]
    [DataRow(LightFault.Short)]
    [DataRow(LightFault.StuckOn)]
    public void Fault_Repaired_IsFoundAndTheRatingComesBack(int fault)
    {
        TestCab cab = Showing(fault == LightFault.StuckOn ? 1 : 4);
        cab.Lights.Break(3, fault);
        cab.Run(FindsWithin);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
        cab.Run(3 * Panel.RetestEvery);
        Assert.AreEqual((DisplayState.Fault, fault), (cab.Unit.Panel.State, cab.Unit.Panel.Check.FaultOf(3)), "what is broken stays so");
        cab.Lights.Break(3, LightFault.None);
        cab.Run(Panel.RetestEvery + 1000);
        Assert.AreEqual(DisplayState.Showing, cab.Unit.Panel.State);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.LightFault, 30L + fault));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.LightRecovered, 30L));
    }

    /// <summary>A broken string is tested again in the dark: it gives no light as long as it is broken.</summary>
    [TestMethod]
    public void Retest_OfABrokenChannel_IsDark()
    {
        TestCab cab = Showing(4);
        cab.Lights.Break(3, LightFault.Open);
        cab.Run(FindsWithin);
        int shows = cab.Lights.Shows;
        for (int i = 0; i < 2 * Panel.RetestEvery / 10; i++)
        {
            cab.Run(10);
            Assert.AreEqual(0, cab.Lights.Lit);
        }

        Assert.IsGreaterThan(shows, cab.Lights.Shows, "it was tested");
    }

    /// <summary>Its input is stuck: without enabled drivers it is dark, and the next self test finds it, or the repair.</summary>
    [TestMethod]
    public void Fault_StuckAtItsInput_IsDarkAndIsNotFlashedAgain()
    {
        TestCab cab = Showing(1);
        cab.Lights.IsStuckAtInput = true;
        cab.Lights.Break(4, LightFault.StuckOn);
        cab.Run(FindsWithin);
        Assert.AreEqual((DisplayState.Fault, LightFault.StuckOn, 0), (cab.Unit.Panel.State, cab.Unit.Panel.Check.FaultOf(4), cab.Lights.Lit));
        for (int i = 0; i < 2 * Panel.RetestEvery / 10; i++)
        {
            cab.Run(10);
            Assert.AreEqual(0, cab.Lights.Lit);
        }

        cab.Lights.Break(4, LightFault.None);
        cab.Restart().Settle();
        Assert.AreEqual(DisplayState.Showing, cab.Unit.Panel.State);
    }

    [TestMethod]
    public void Fault_OfTwoChannels_IsToldApart()
    {
        TestCab cab = Showing(4);
        cab.Lights.Break(1, LightFault.Open);
        cab.Run(FindsWithin);
        cab.Lights.Break(2, LightFault.Short);
        cab.Restart().Settle();
        LightCheck check = cab.Unit.Panel.Check;
        Assert.AreEqual((LightFault.Open, LightFault.Short, 6), (check.FaultOf(1), check.FaultOf(2), check.Faulty));
    }

    [TestMethod]
    [DataRow(9990, false)]
    [DataRow(10010, true)]
    public void Measurement_AtLowVoltage_WaitsUntilTheDriversRegulate(int battery, bool isMeasured)
    {
        TestCab cab = Showing(4);
        cab.Sensors.Battery = battery;
        cab.Run(3 * Unit.Beat);
        cab.Lights.Break(2, LightFault.Open);
        cab.Run(FindsWithin);
        Assert.AreEqual(isMeasured ? DisplayState.Fault : DisplayState.Showing, cab.Unit.Panel.State);
    }

    /// <summary>On the road no channel is lit for a test: the answer is what the lit ones say.</summary>
    [TestMethod]
    public void SelfTest_ByCommandOnTheRoad_LightsNothingAndTells()
    {
        TestCab cab = Showing(2);
        int before = cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest);
        int shows = cab.Lights.Shows;
        cab.Receive(Message.CmdTopic, Message.Command("selftest"));
        cab.Run(1000);
        Assert.AreEqual((DisplayState.Showing, "11100", shows), (cab.Unit.Panel.State, cab.Lit, cab.Lights.Shows));
        Assert.AreEqual(before + 1, cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest));
        Assert.AreEqual((IncidentKind.SelfTest, 0L), cab.Journalled.Last(i => i.Kind == IncidentKind.SelfTest));
    }

    [TestMethod]
    public void SelfTest_ByCommandInAParkedCar_IsVisibleAndASecondIsRefused()
    {
        TestCab cab = Showing(2);
        cab.Lights.Break(4, LightFault.Open);
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(5 * Unit.Beat);
        Assert.AreEqual(DisplayState.Off, cab.Unit.Panel.State);
        cab.Receive(Message.CmdTopic, Message.Command("selftest"));
        cab.Run(SelfTest.StepMilliseconds + 10);
        Assert.AreEqual((DisplayState.SelfTest, 1), (cab.Unit.Panel.State, cab.Lights.Lit));
        cab.Receive(Message.CmdTopic, Message.Command("selftest", TestCab.Epoch + 1));
        CollectionAssert.Contains(cab.Journalled, TestCab.RefusedSignal(DisplayTable.Number, DisplayState.SelfTest, Signal.Test));
        cab.Run(6 * SelfTest.StepMilliseconds);
        Assert.AreEqual((DisplayState.Off, 0), (cab.Unit.Panel.State, cab.Lights.Lit));
        Assert.AreEqual((IncidentKind.SelfTest, 16L), cab.Journalled.Last(i => i.Kind == IncidentKind.SelfTest));
    }

    [TestMethod]
    public void SelfTest_Over_TellsAtOnceWhatItFound()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(4, LightFault.Open);
        cab.Restart().Run(6 * SelfTest.StepMilliseconds);
        Assert.AreEqual(LightFault.Open, cab.Unit.Panel.Check.FaultOf(4));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.SelfTest, 16L));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.SelfTest, 0L), "the one before");
    }

    /// <summary>The starter pulls the supply down: nothing is measured, and nothing is called broken.</summary>
    [TestMethod]
    public void SelfTest_WhileTheEngineIsCranked_BlamesNobodyAndTellsWhenTheSupplyIsBack()
    {
        TestCab cab = Showing(4);
        cab.Sensors.Battery = 7000;
        cab.Restart().Settle();
        Assert.AreEqual((DisplayState.Showing, 0), (cab.Unit.Panel.State, cab.Unit.Panel.Check.Faulty), "no driver regulates so low");
        int before = cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest);
        cab.Lights.Break(0, LightFault.Open);
        cab.Sensors.Battery = 13500;
        cab.Run(FindsWithin);
        Assert.AreEqual((IncidentKind.SelfTest, 1L), cab.Journalled.Last(i => i.Kind == IncidentKind.SelfTest));
        Assert.AreEqual(before + 1, cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest));
    }

    [TestMethod]
    public void SelfTest_IgnitionOff_EndsIt()
    {
        TestCab cab = new TestCab().Start();
        cab.Sensors.IsIgnitionOn = false;
        cab.Run((4 * Unit.Beat) + 1);
        Assert.AreEqual((DisplayState.Off, 0), (cab.Unit.Panel.State, cab.Lights.Lit));
    }

    [TestMethod]
    public void Lights_Sound_AreNeverJournalled()
    {
        TestCab cab = Showing(3);
        cab.Run(1200000);
        Assert.DoesNotContain(i => i.Kind is IncidentKind.LightFault or IncidentKind.LightRecovered, cab.Journalled);
    }

    /// <summary>A star that the rating does not need is found when a rating needs it, and not by lighting it on the road.</summary>
    [TestMethod]
    public void Fault_WhereItDoesNotMatter_IsFoundWhenItDoes()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(4, LightFault.Open);
        cab.Run(1200000);
        Assert.AreEqual(LightFault.None, cab.Unit.Panel.Check.FaultOf(4), "who drives past is not pulsed at for nothing");
        cab.Receive(Message.RatingTopic, Message.Rated(4, TestCab.Epoch + 1));
        cab.Run(FindsWithin);
        Assert.AreEqual((LightFault.Open, DisplayState.Fault), (cab.Unit.Panel.Check.FaultOf(4), cab.Unit.Panel.State));
    }

    [TestMethod]
    public void Fault_OfTheBarWhileUnrated_DoesNotMatter()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(0, LightFault.Open);
        cab.Run(FindsWithin);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
        cab.Receive(Message.RatingTopic, Message.Unrated(TestCab.Epoch + 1));
        cab.Run(10);
        Assert.AreEqual(DisplayState.Unrated, cab.Unit.Panel.State);
    }

    [TestMethod]
    public void FirstLight_AtNight_IsTheNights()
    {
        TestCab cab = Showing(2);
        cab.Sensors.Light = 0;
        cab.PowerDown();
        cab.Unit.Start(0);
        Assert.AreEqual(20, cab.Unit.Panel.Brightness.Permille);
        cab.Run(2000);
        Assert.AreEqual((7, 20), (cab.Lights.Lit, cab.Lights.Permille));
    }

    [TestMethod]
    public void Rating_ArrivingInTheSelfTest_IsShownAfterIt()
    {
        TestCab cab = new TestCab().Start();
        cab.Run(300);
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        Assert.AreEqual(DisplayState.SelfTest, cab.Unit.Panel.State);
        cab.Settle();
        Assert.AreEqual("11111", cab.Lit);
    }

    [TestMethod]
    public void Fault_WhileTheIgnitionComesOn_IsAFaultAndNotOff()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(4, LightFault.StuckOn);
        cab.Run(FindsWithin);
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(FindsWithin);
        Assert.AreEqual(DisplayState.Off, cab.Unit.Panel.State);
        cab.Sensors.IsIgnitionOn = true;
        cab.Run(FindsWithin);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
    }

    /// <summary>A star that flickers fills its own bucket, and not that of the others.</summary>
    [TestMethod]
    public void Fault_OfAChannelThatFlickers_DoesNotSilenceTheOthers()
    {
        TestCab cab = Showing(4);
        for (int i = 0; i < 20; i++)
        {
            cab.Lights.Break(1, i % 2 == 0 ? LightFault.Open : LightFault.None);
            cab.Run(Panel.RetestEvery + 5000);
        }

        cab.Lights.Break(2, LightFault.Open);
        cab.Run(FindsWithin);
        Assert.IsTrue(cab.Journalled.Count(i => i == (IncidentKind.LightFault, 11L)) is 8 or 9, "eight, and one more after ten minutes");
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.LightFault, 21L));
    }

    private static TestCab Showing(int stars)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(stars));
        cab.Run(2000);
        return cab;
    }

    private static TestCab Night(int stars)
    {
        var cab = new TestCab();
        cab.Sensors.Light = 0;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(stars));
        cab.Run(2000);
        Assert.AreEqual(20, cab.Lights.Permille);
        return cab;
    }
}
