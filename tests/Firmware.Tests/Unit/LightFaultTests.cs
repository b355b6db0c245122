using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;

namespace Firmware.Tests.Units;

/// <summary>Every channel broken in every way, with every rating: what is lit is true, or dark, and what is reported is what is lit.</summary>
[TestClass]
public sealed class LightFaultTests
{
    public static IEnumerable<object[]> Cases =>
        from channel in Enumerable.Range(0, Channels.Count)
        from fault in new[] { LightFault.Open, LightFault.Short, LightFault.StuckOn }
        from stars in Enumerable.Range(0, 5)
        select new object[] { channel, fault, stars };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fault_WhileShowing_IsFoundNamedAndNeverALie(int channel, int fault, int stars)
    {
        TestCab cab = Showing(stars);
        cab.Lights.Break(channel, fault);
        cab.Run(Panel.MeasureEvery + (3 * Panel.MeasureAgain) + 1);

        int due = (2 << stars) - 1;
        bool isDue = (due & (1 << channel)) != 0;
        bool isSeen = isDue ? fault != LightFault.StuckOn : fault == LightFault.StuckOn;
        Assert.AreEqual(isSeen ? fault : LightFault.None, cab.Unit.Panel.Check.FaultOf(channel), "seen at once where it matters");
        Assert.AreEqual(isSeen ? DisplayState.Fault : DisplayState.Showing, cab.Unit.Panel.State);
        int expected = isSeen ? (fault == LightFault.StuckOn ? 1 << channel : 0) : due;
        Assert.AreEqual(expected, cab.Lights.Lit);
        Assert.AreEqual(cab.Lights.Lit, cab.Unit.Panel.Check.Lit);
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

    [TestMethod]
    [DataRow(LightFault.Open)]
    [DataRow(LightFault.Short)]
    [DataRow(LightFault.StuckOn)]
    public void Fault_Repaired_IsFoundAndTheRatingComesBack(int fault)
    {
        TestCab cab = Showing(fault == LightFault.StuckOn ? 1 : 4);
        cab.Lights.Break(3, fault);
        cab.Run(2000);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
        cab.Lights.Break(3, LightFault.None);
        cab.Run(Panel.IdentifyFaultyEvery + 1000);
        Assert.AreEqual(DisplayState.Showing, cab.Unit.Panel.State);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.LightFault, 30L + fault));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.LightRecovered, 30L));
    }

    [TestMethod]
    public void Fault_OfTwoChannels_IsToldApart()
    {
        TestCab cab = Showing(4);
        cab.Lights.Break(1, LightFault.Open);
        cab.Lights.Break(2, LightFault.Short);
        cab.Run(2000);
        LightCheck check = cab.Unit.Panel.Check;
        Assert.AreEqual((LightFault.Open, LightFault.Short, 6), (check.FaultOf(1), check.FaultOf(2), check.Faulty));
    }

    [TestMethod]
    public void Measurement_GlitchOfTwo_IsNotBelieved()
    {
        TestCab cab = Showing(4);
        LightCheck check = cab.Unit.Panel.Check;
        cab.Lights.Break(2, LightFault.Open);
        check.Measure(31);
        check.Measure(31);
        Assert.IsFalse(check.IsSuspicious);
        Assert.IsFalse(check.IsSettled);
        cab.Lights.Break(2, LightFault.None);
        check.Measure(31);
        Assert.IsTrue(check.IsSettled);
        Assert.AreEqual(31, check.Lit);
    }

    [TestMethod]
    [DataRow(7999, false)]
    [DataRow(8000, true)]
    public void Measurement_AtLowVoltage_WaitsUntilTheDriversRegulate(int battery, bool isMeasured)
    {
        TestCab cab = Showing(4);
        cab.Sensors.Battery = battery;
        cab.Run(Unit.Beat);
        cab.Lights.Break(2, LightFault.Open);
        cab.Run(3000);
        Assert.AreEqual(isMeasured ? DisplayState.Fault : DisplayState.Showing, cab.Unit.Panel.State);
    }

    [TestMethod]
    public void SelfTest_ByCommand_IsRefusedAndJournalledWhileOffOrTestingAndRunsWhileShowing()
    {
        TestCab cab = Showing(2);
        cab.Receive(Message.CmdTopic, Message.Command("selftest"));
        Assert.AreEqual(DisplayState.SelfTest, cab.Unit.Panel.State);
        cab.Run(1000);
        cab.Receive(Message.CmdTopic, Message.Command("selftest", TestCab.Epoch + 1));
        CollectionAssert.Contains(cab.Journalled, TestCab.RefusedSignal(DisplayTable.Number, DisplayState.SelfTest, Signal.Test));
        cab.Run(300);
        Assert.AreEqual("11100", cab.Lit, "the second does not prolong the first");

        cab.Sensors.IsIgnitionOn = false;
        cab.Run(Unit.Beat);
        cab.Receive(Message.CmdTopic, Message.Command("selftest", TestCab.Epoch + 2));
        CollectionAssert.Contains(cab.Journalled, TestCab.RefusedSignal(DisplayTable.Number, DisplayState.Off, Signal.Test));
        Assert.AreEqual(("00000", DisplayState.Off), (cab.Lit, cab.Unit.Panel.State));
    }

    [TestMethod]
    public void SelfTest_Over_TellsAtOnceWhatItFound()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(4, LightFault.Open);
        cab.Receive(Message.CmdTopic, Message.Command("selftest"));
        cab.Run(1300);
        Assert.AreEqual(LightFault.Open, cab.Unit.Panel.Check.FaultOf(4));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.SelfTest, 16L));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.SelfTest, 0L), "the one at power-up");
    }

    [TestMethod]
    public void SelfTest_WhileTheEngineIsCranked_IsJudgedWhenTheSupplyIsBack()
    {
        TestCab cab = Showing(4);
        cab.Sensors.Battery = 7999;
        for (int channel = 0; channel < Channels.Count; channel++) cab.Lights.Break(channel, LightFault.Open);
        cab.Restart().Settle();
        Assert.AreEqual((DisplayState.Showing, 0), (cab.Unit.Panel.State, cab.Unit.Panel.Check.Faulty), "no driver regulates so low");
        int before = cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest);

        cab.Sensors.Battery = 8000;
        for (int channel = 1; channel < Channels.Count; channel++) cab.Lights.Break(channel, LightFault.None);
        cab.Run(Unit.Beat);
        Assert.AreEqual((IncidentKind.SelfTest, 1L), cab.Journalled.Last(i => i.Kind == IncidentKind.SelfTest));
        Assert.AreEqual(before + 1, cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest));
        cab.Run(2 * Panel.IdentifyFaultyEvery);
        Assert.AreEqual(before + 1, cab.Journalled.Count(i => i.Kind == IncidentKind.SelfTest), "later looks are no self tests");
    }

    [TestMethod]
    [DataRow(7999, 0)]
    [DataRow(8000, 1)]
    public void SelfTest_WhileTheEngineIsCranked_MeasuresNothing(int battery, int lit)
    {
        var cab = new TestCab();
        cab.Sensors.Battery = battery;
        cab.Start().Run(SelfTest.StepMilliseconds / 2);
        Assert.AreEqual((1, lit), (cab.Lights.Lit, cab.Unit.Panel.Check.Lit));
    }

    [TestMethod]
    public void SelfTest_IgnitionOff_EndsIt()
    {
        TestCab cab = new TestCab().Start();
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(Unit.Beat + 1);
        Assert.AreEqual((DisplayState.Off, 0), (cab.Unit.Panel.State, cab.Lights.Lit));
    }

    [TestMethod]
    public void Lights_Sound_AreNeverJournalled()
    {
        TestCab cab = Showing(3);
        cab.Run(2 * Panel.IdentifySoundEvery);
        Assert.DoesNotContain(i => i.Kind is IncidentKind.LightFault or IncidentKind.LightRecovered, cab.Journalled);
    }

    [TestMethod]
    public void Fault_WhereItDoesNotMatter_IsFoundWithinTenMinutes()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(4, LightFault.Open);
        cab.Run(Panel.IdentifyFaultyEvery + 10000);
        Assert.AreEqual(LightFault.None, cab.Unit.Panel.Check.FaultOf(4), "who drives past is not pulsed at for nothing");
        cab.Run(Panel.IdentifySoundEvery);
        Assert.AreEqual(LightFault.Open, cab.Unit.Panel.Check.FaultOf(4));
    }

    [TestMethod]
    public void Fault_OfTheBarWhileUnrated_DoesNotMatter()
    {
        TestCab cab = Showing(1);
        cab.Lights.Break(0, LightFault.Open);
        cab.Run(2000);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
        cab.Receive(Message.RatingTopic, Message.Unrated(TestCab.Epoch + 1));
        cab.Run(10);
        Assert.AreEqual(DisplayState.Unrated, cab.Unit.Panel.State);
    }

    [TestMethod]
    public void Measurement_OfSettledLights_IsMadeOnceASecond()
    {
        TestCab cab = Showing(2);
        cab.Run(20000);
        long due = cab.Unit.Panel.Advance(Signal.Rated, 2, true, cab.Now);
        Assert.IsTrue(due > cab.Now && due <= cab.Now + Panel.MeasureEvery);
        Assert.AreEqual(due + Panel.MeasureEvery, cab.Unit.Panel.Advance(Signal.Rated, 2, true, due));
        Assert.AreEqual(due + Panel.MeasureEvery, cab.Unit.Panel.Advance(Signal.Rated, 2, true, due + (Panel.MeasureEvery / 2)));
    }

    [TestMethod]
    public void FirstLight_AtNight_IsTheNights()
    {
        TestCab cab = Showing(2);
        cab.Sensors.Light = 0;
        cab.PowerDown();
        cab.Unit.Start(0);
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
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(3000);
        Assert.AreEqual(DisplayState.Off, cab.Unit.Panel.State);
        cab.Sensors.IsIgnitionOn = true;
        cab.Run(Unit.Beat);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
    }

    private static TestCab Showing(int stars)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(stars));
        cab.Run(10);
        return cab;
    }
}
