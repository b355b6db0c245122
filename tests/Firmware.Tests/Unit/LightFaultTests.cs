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
        CollectionAssert.Contains(Kinds(cab), (IncidentKind.LightFault, 30L + fault));
        CollectionAssert.Contains(Kinds(cab), (IncidentKind.LightRecovered, 30L));
    }

    [TestMethod]
    public void Fault_OfTwoChannels_IsToldApart()
    {
        TestCab cab = Showing(4);
        cab.Lights.Break(1, LightFault.Open);
        cab.Lights.Break(2, LightFault.Short);
        cab.Run(2000);
        Assert.AreEqual((LightFault.Open, LightFault.Short, 6), (cab.Unit.Panel.Check.FaultOf(1), cab.Unit.Panel.Check.FaultOf(2), cab.Unit.Panel.Check.Faulty));
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
        cab.Senses.Battery = battery;
        cab.Run(Unit.Beat);
        cab.Lights.Break(2, LightFault.Open);
        cab.Run(3000);
        Assert.AreEqual(isMeasured ? DisplayState.Fault : DisplayState.Showing, cab.Unit.Panel.State);
    }

    [TestMethod]
    public void SelfTest_ByCommand_IsRefusedWhileOffAndRunsWhileShowing()
    {
        TestCab cab = Showing(2);
        cab.Receive(Message.CmdTopic, Message.Command("selftest"));
        Assert.AreEqual(DisplayState.SelfTest, cab.Unit.Panel.State);
        cab.Settle();
        Assert.AreEqual("11100", cab.Lit);

        cab.Senses.IsIgnitionOn = false;
        cab.Run(Unit.Beat);
        cab.Receive(Message.CmdTopic, Message.Command("selftest", TestCab.Epoch + 1));
        Assert.AreEqual(("00000", DisplayState.Off), (cab.Lit, cab.Unit.Panel.State));
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
        cab.Senses.IsIgnitionOn = false;
        cab.Run(3000);
        Assert.AreEqual(DisplayState.Off, cab.Unit.Panel.State);
        cab.Senses.IsIgnitionOn = true;
        cab.Run(Unit.Beat);
        Assert.AreEqual(DisplayState.Fault, cab.Unit.Panel.State);
    }

    private static (int Kind, long Arg)[] Kinds(TestCab cab)
    {
        var incident = new Incident();
        var kinds = new List<(int, long)>();
        for (uint sequence = 1; cab.Unit.Journal.Read(sequence, incident); sequence++) kinds.Add((incident.Kind, incident.Arg));
        return [.. kinds];
    }

    private static TestCab Showing(int stars)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(stars));
        cab.Run(10);
        return cab;
    }
}
