using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Incidents;

/// <summary>What the cab feels, and what it journals of it.</summary>
[TestClass]
public sealed class WatchTests
{
    private const int FourBeats = (4 * Unit.Beat) + 1;

    /// <summary>The supply is read once a second.</summary>
    private const int FourReadings = 6000;

    [TestMethod]
    [DataRow(9000, 0)]
    [DataRow(8997, 1)]
    public void Battery_Low_IsJournalledBelowTheLimit(int battery, int expected)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Battery = battery;
        cab.Run(FourReadings);
        Assert.AreEqual(expected, Count(cab, IncidentKind.VoltageLow));
    }

    [TestMethod]
    [DataRow(16500, 0)]
    [DataRow(16503, 1)]
    public void Battery_High_IsJournalledAboveTheLimit(int battery, int expected)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Battery = battery;
        cab.Run(FourReadings);
        Assert.AreEqual(expected, Count(cab, IncidentKind.VoltageHigh));
    }

    [TestMethod]
    public void Battery_AroundTheLimit_IsJournalledOnce()
    {
        TestCab cab = new TestCab().Start().Settle();
        for (int i = 0; i < 50; i++)
        {
            cab.Sensors.Battery = i % 2 == 0 ? 8900 : 9900;
            cab.Run(FourReadings);
        }

        Assert.AreEqual(1, Count(cab, IncidentKind.VoltageLow));
    }

    [TestMethod]
    public void Battery_AroundTheHighLimit_IsJournalledOnceAndIsAFaultMeanwhile()
    {
        TestCab cab = new TestCab().Start().Settle();
        for (int i = 0; i < 10; i++)
        {
            cab.Sensors.Battery = i % 2 == 0 ? 16503 : 15503;
            cab.Run(FourReadings);
            Assert.IsTrue(cab.Unit.Watch.IsVoltageWrong);
        }

        Assert.AreEqual(1, Count(cab, IncidentKind.VoltageHigh));
        cab.Sensors.Battery = 15500;
        cab.Run(FourReadings);
        Assert.IsFalse(cab.Unit.Watch.IsVoltageWrong);
    }

    [TestMethod]
    public void Heat_AroundTheLimit_IsJournalledOnceAndIsAFaultUntilItIsCooler()
    {
        TestCab cab = new TestCab().Start().Settle();
        for (int i = 0; i < 10; i++)
        {
            cab.Sensors.Celsius = i % 2 == 0 ? 86 : 81;
            cab.Run(FourBeats);
            Assert.IsTrue(cab.Unit.Watch.IsHot);
        }

        Assert.AreEqual((1, 86L), (Count(cab, IncidentKind.Heat), LastArg(cab, IncidentKind.Heat)));
        cab.Sensors.Celsius = 80;
        cab.Run(FourBeats);
        Assert.IsFalse(cab.Unit.Watch.IsHot);
    }

    [TestMethod]
    public void Tamper_OpenedAndClosed_IsJournalledWithWhich()
    {
        TestCab cab = new TestCab().Start().Settle();
        Assert.IsTrue(cab.Unit.Watch.IsIgnitionOn);
        cab.Sensors.IsOpen = true;
        cab.Run(FourBeats);
        Assert.AreEqual((1, 1L, true), (Count(cab, IncidentKind.Tamper), LastArg(cab, IncidentKind.Tamper), cab.Unit.Watch.IsTampered));
        cab.Sensors.IsOpen = false;
        cab.Run(FourBeats);
        Assert.AreEqual((2, 0L, false), (Count(cab, IncidentKind.Tamper), LastArg(cab, IncidentKind.Tamper), cab.Unit.Watch.IsTampered));
    }

    [TestMethod]
    public void Battery_DipOfACrank_IsNotJournalled()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Battery = 6000;
        cab.Run(3 * Unit.Beat);
        cab.Sensors.Battery = 13500;
        cab.Run(FourBeats);
        Assert.AreEqual(0, Count(cab, IncidentKind.VoltageLow));
    }

    [TestMethod]
    [DataRow(85, 0)]
    [DataRow(86, 1)]
    public void Heat_IsJournalledAboveTheLimit(int celsius, int expected)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Celsius = celsius;
        cab.Run(FourBeats);
        Assert.AreEqual(expected, Count(cab, IncidentKind.Heat));
    }

    [TestMethod]
    public void Thermometer_Silent_IsJournalledReportedAndHalvesTheLight()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Sensors.IsThermometerDead = true;
        cab.Run((3 * Unit.Beat) + 1);
        Assert.AreEqual((0, 1000), (Count(cab, IncidentKind.Thermometer), cab.Lights.Permille), "three looks may be a disturbance");

        cab.Run(Unit.Beat);
        Assert.AreEqual((1, 1L), (Count(cab, IncidentKind.Thermometer), LastArg(cab, IncidentKind.Thermometer)));
        Assert.IsTrue(cab.Unit.Watch.IsThermometerDead);
        cab.Run(3000);
        Assert.AreEqual(("11111", 510), (cab.Lit, cab.Lights.Permille));
        Assert.AreEqual(0, Count(cab, IncidentKind.Heat), "an assumed temperature is not a measured one");

        cab.Sensors.IsThermometerDead = false;
        cab.Run(FourBeats + 3000);
        Assert.AreEqual((2, 0L), (Count(cab, IncidentKind.Thermometer), LastArg(cab, IncidentKind.Thermometer)));
        Assert.AreEqual((false, 1000), (cab.Unit.Watch.IsThermometerDead, cab.Lights.Permille));
    }

    [TestMethod]
    [DataRow(-41, true)]
    [DataRow(-40, false)]
    [DataRow(125, false)]
    [DataRow(126, true)]
    public void Thermometer_BeyondWhatItCanMeasure_IsDead(int celsius, bool isDead)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Celsius = celsius;
        cab.Run(FourBeats);
        Assert.AreEqual(isDead, cab.Unit.Watch.IsThermometerDead);
        Assert.AreEqual(isDead ? Brightness.Assumed : celsius, cab.Unit.Watch.Celsius);
    }

    [TestMethod]
    public void Thermometer_SilentOnAHotBoard_LeavesTheLightAsLow()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Celsius = 104;
        cab.Run(FourBeats);
        Assert.IsTrue(cab.Unit.Watch.IsHot);
        cab.Sensors.IsThermometerDead = true;
        cab.Run(FourBeats);
        Assert.AreEqual(104, cab.Unit.Watch.Celsius);
        Assert.AreEqual((true, false), (cab.Unit.Watch.IsThermometerDead, cab.Unit.Watch.IsHot));
    }

    [TestMethod]
    public void Tamper_Chattering_DoesNotFloodTheJournal()
    {
        TestCab cab = new TestCab().Start().Settle();
        for (int i = 0; i < 500; i++)
        {
            cab.Sensors.IsOpen = !cab.Sensors.IsOpen;
            cab.Run(FourBeats);
        }

        // 500 changes in about 1,000 s: eight at once, and one more for each ten minutes.
        Assert.IsTrue(Count(cab, IncidentKind.Tamper) is >= 8 and <= 10, $"{Count(cab, IncidentKind.Tamper)}");
    }

    [TestMethod]
    public void Button_Pressed_IsAMarkAndRepeatsTheState()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Run(30000);
        Assert.IsFalse(cab.Lights.IsStatusLit);
        cab.Sensors.Press();
        cab.Run(Unit.Beat);
        Assert.AreEqual(1, Count(cab, IncidentKind.Mark));
        bool wasLit = false;
        for (int i = 0; i < 100 && !wasLit; i++)
        {
            cab.Run(10);
            wasLit = cab.Lights.IsStatusLit;
        }

        Assert.IsTrue(wasLit);
    }

    [TestMethod]
    public void Supply_Failing_IsJournalledInTheSameTick()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.IsPowerFailing = true;
        cab.Unit.Tick(cab.Now);
        Assert.AreEqual(1, Count(cab, IncidentKind.PowerFail));
    }

    [TestMethod]
    [DataRow(true, ResetCause.Power)]
    [DataRow(false, ResetCause.Watchdog)]
    public void Cause_NotTold_IsWorkedOutFromHowTheLastStartEnded(bool failedBefore, int cause)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.IsPowerFailing = failedBefore;
        cab.Run(1);
        cab.Sensors.IsPowerFailing = false;
        cab.Restart(ResetCause.Unknown);
        Assert.AreEqual(cause, LastArg(cab, IncidentKind.PowerOn));
    }

    [TestMethod]
    public void Cause_AfterARebootCommand_IsSoftware()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.CmdTopic, Message.Command("reboot"));
        Assert.IsTrue(cab.Platform.WantsReboot);
        cab.Restart(ResetCause.Unknown);
        Assert.AreEqual(ResetCause.Software, LastArg(cab, IncidentKind.PowerOn));
        Assert.AreEqual(Refusal.Old, cab.Unit.Inbound.Receive(Message.CmdTopic, Message.Command("reboot"), cab.Now), "it does not reboot twice");
    }

    [TestMethod]
    public void Supply_FailingOverAndOver_JournalsSixStartsAndCountsAll()
    {
        var cab = new TestCab();
        cab.Start();
        for (int i = 0; i < 50; i++) cab.Restart(ResetCause.BrownOut);
        Assert.AreEqual(6, Count(cab, IncidentKind.PowerOn));
        Assert.AreEqual(51u, cab.Unit.Counters.Boot);
    }

    [TestMethod]
    public void Supply_FailingOverAndOver_DoesNotFloodTheJournal()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.Press();
        cab.Run(Unit.Beat);
        for (int i = 0; i < 100; i++)
        {
            cab.Sensors.IsPowerFailing = true;
            cab.Run(1);
            cab.Sensors.IsPowerFailing = false;
            cab.Restart().Settle();
        }

        Assert.AreEqual(1, Count(cab, IncidentKind.Mark));
        Assert.AreEqual(0, Count(cab, IncidentKind.Lost));
        Assert.AreEqual(101u, cab.Unit.Counters.Boot);
    }

    [TestMethod]
    public void Supply_FailingOverAndOver_IsJournalledAgainOnceSomethingElseHappened()
    {
        TestCab cab = new TestCab().Start();
        for (int i = 0; i < 10; i++) cab.Restart();
        cab.Sensors.Press();
        cab.Run(Unit.Beat);
        cab.Sensors.IsPowerFailing = true;
        cab.Run(1);
        Assert.AreEqual(1, Count(cab, IncidentKind.PowerFail));
    }

    [TestMethod]
    public void Clock_Set_IsJournalledWithItsOffset()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Time.Network = TestCab.Epoch + 12 + 100;
        cab.Run(Unit.Beat);
        Assert.AreEqual(100, LastArg(cab, IncidentKind.ClockSet), 1);
        cab.Time.Network = cab.Unit.Clock.Best(cab.Now) + 1;
        cab.Run(Unit.Beat);
        Assert.AreEqual(1, Count(cab, IncidentKind.ClockSet), "a second is noise");
    }

    private static int Count(TestCab cab, int kind) => cab.Journalled.Count(i => i.Kind == kind);

    private static long LastArg(TestCab cab, int kind) => cab.Journalled.Last(i => i.Kind == kind).Arg;
}
