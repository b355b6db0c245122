using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Units;

/// <summary>What a start takes over from the one before, and what provisioning changes.</summary>
[TestClass]
public sealed class StartTests
{
    private const long Rev = TestCab.Epoch;

    [TestMethod]
    public void Memory_New_IsFormattedOnceThoughNobodyProvisionsTheUnit()
    {
        var cab = new TestCab();
        cab.Unit.Start(0);
        string journal = cab.Unit.Identity.JournalId;
        Assert.AreEqual(16, journal.Length);
        cab.Run(3000);
        cab.PowerDown();
        cab.Unit.Start(0);
        Assert.AreEqual((journal, 2u), (cab.Unit.Identity.JournalId, cab.Unit.Counters.Boot));
        Assert.AreEqual(2, cab.Journalled.Count(i => i.Kind == IncidentKind.PowerOn));
    }

    [TestMethod]
    public void Cause_OfANewMemory_IsPower()
    {
        var cab = new TestCab();
        cab.Platform.ResetCause = ResetCause.Unknown;
        cab.Start();
        CollectionAssert.AreEqual(new[] { (IncidentKind.PowerOn, (long)ResetCause.Power) }, cab.Journalled);
    }

    [TestMethod]
    public void Cause_AfterADipThatPassed_IsTheWatchdog()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Sensors.IsPowerFailing = true;
        cab.Run(10);
        cab.Sensors.IsPowerFailing = false;
        cab.Run(Unit.Beat);
        cab.Restart(ResetCause.Unknown);
        Assert.AreEqual((IncidentKind.PowerOn, ResetCause.Watchdog), cab.Journalled[^1]);
    }

    [TestMethod]
    public void Rating_Stored_IsTheSameMessageAfterARestart()
    {
        TestCab cab = Showing(3);
        cab.Restart().Settle();
        Assert.AreEqual(Rev, cab.Unit.Ratings.Rev);
        Assert.AreEqual(Refusal.Old, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(1, Rev - 1), cab.Now));
        int before = cab.Journalled.Length;
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(3), cab.Now));
        Assert.HasCount(before, cab.Journalled);
    }

    [TestMethod]
    public void Config_SameRevisionOtherText_IsOld()
    {
        TestCab cab = Showing(3);
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(heartbeat: 70), cab.Now));
        Assert.AreEqual(Refusal.Old, cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(heartbeat: 80), cab.Now));
        cab.Restart();
        Assert.AreEqual((70, Rev), (cab.Unit.Settings.Current.Heartbeat, cab.Unit.Settings.Rev));
    }

    [TestMethod]
    public void Provisioning_AsAnotherDisplay_ForgetsRevisionsAndSettings()
    {
        TestCab cab = Showing(3);
        cab.Receive(Message.ConfigTopic, Message.Config(heartbeat: 70));
        cab.Restart(config: TestCab.Config(key: new byte[32]));
        Assert.AreEqual((0L, 0L, 60, 0L), (cab.Unit.Ratings.Rev, cab.Unit.Settings.Rev, cab.Unit.Settings.Current.Heartbeat, cab.Unit.Counters.CmdRev));
        cab.Restart(config: TestCab.Config());
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(3), cab.Now), "the same message is new again");
    }

    [TestMethod]
    public void TimeServers_OfTheConfig_AreUsedAtOnceAndAfterARestart()
    {
        TestCab cab = new TestCab().Start();
        Assert.AreEqual(("", ""), cab.Time.Servers);
        cab.Receive(Message.ConfigTopic, Message.Config(servers: ",\"ntp1\":\"a.example\",\"ntp2\":\"b.example\""));
        Assert.AreEqual(("a.example", "b.example"), cab.Time.Servers);
        cab.Time.UseServers("", "");
        cab.Restart();
        Assert.AreEqual(("a.example", "b.example"), cab.Time.Servers);
    }

    [TestMethod]
    public void Epoch_OfTheFile_IsUsedUnlessARotationWentFurther()
    {
        var cab = new TestCab();
        cab.Start(TestCab.Config(epoch: 3));
        Assert.AreEqual((3, true), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        cab.Restart(config: TestCab.Config(epoch: 3));
        Assert.AreEqual((3, true), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(announced: 4, epoch: 3), cab.Now));
        cab.Restart(config: TestCab.Config(epoch: 3));
        Assert.AreEqual((4, false), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        cab.Restart(config: TestCab.Config(epoch: 4));
        Assert.AreEqual((4, true), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed), "the file was made when the epoch before was no longer valid");
        cab.PowerDown();
        cab.Unit.Start(0);
        Assert.AreEqual(4, cab.Unit.Keys.Epoch);
    }

    [TestMethod]
    public void Epoch_OfTheFile_IsStoredAtOnce()
    {
        var cab = new TestCab();
        cab.Start(TestCab.Config(epoch: 3));
        cab.PowerDown();
        cab.Unit.Start(0);
        Assert.AreEqual(3, cab.Unit.Keys.Epoch);
    }

    [TestMethod]
    public void Counters_Corrupt_LeaveTheRatingAndTheFirstEpoch()
    {
        TestCab cab = Showing(3);
        byte[] image = cab.Memory.Image;
        Array.Clear(image, MemoryMap.Counters, MemoryMap.Rating - MemoryMap.Counters);
        var again = new TestCab(new RamMemory(image));
        again.Unit.Start(0);
        Assert.AreEqual(("11110", 1), (again.Lit, again.Unit.Keys.Epoch));
    }

    [TestMethod]
    public void Storage_Sound_IsNoFaultInAnyStart()
    {
        TestCab cab = Showing(3);
        cab.Receive(Message.ConfigTopic, Message.Config());
        for (int i = 0; i < 3; i++)
        {
            cab.Run(2 * Unit.Beat);
            Assert.IsFalse(cab.Unit.IsStorageFaulty);
            cab.Restart();
        }

        Assert.DoesNotContain(i => i.Kind == IncidentKind.StorageFault, cab.Journalled);
    }

    /// <summary>The uptime of a start need not begin at 0: the runtime has run before.</summary>
    [TestMethod]
    public void Hold_AfterALateStart_CountsFromIt()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, hold: 900));
        cab.PowerDown();
        cab.Unit.Start(40000);
        Assert.AreEqual(Signal.Rated, cab.Unit.Ratings.Content(cab.Unit.Clock, 939999));
        Assert.AreEqual(Signal.Expired, cab.Unit.Ratings.Content(cab.Unit.Clock, 940000));
    }

    [TestMethod]
    public void Time_OnceAMinute_IsStored()
    {
        TestCab cab = Showing(3);
        cab.Run(Unit.Beat);
        cab.PowerDown();
        cab.Time.Rtc = 0;
        cab.Unit.Start(0);
        long floor = cab.Unit.Clock.Floor(0);
        cab.Run(10);
        long written = cab.Memory.Written;
        cab.Run(10 * Unit.StoreTimeEvery);
        Assert.AreEqual(10, (cab.Memory.Written - written) / (2 * (12 + 48)));
        cab.PowerDown();
        cab.Unit.Start(0);
        Assert.AreEqual(floor + 600, cab.Unit.Clock.Floor(0), 1);
    }

    [TestMethod]
    public void Time_WithoutAFloor_IsNotStored()
    {
        var cab = new TestCab();
        cab.Unit.Start(0);
        cab.Run(3000);
        long written = cab.Memory.Written;
        cab.Run(3 * Unit.StoreTimeEvery);
        Assert.AreEqual(written, cab.Memory.Written);
    }

    [TestMethod]
    public void Clock_OfferedWhatCannotBe_ChangesNothing()
    {
        TestCab cab = Showing(3);
        long rtc = cab.Time.Rtc;
        foreach (long offered in new[] { 1L, Rev - 86400, Rev + (401L * 86400) })
        {
            cab.Time.Network = offered;
            cab.Run(Unit.Beat);
            Assert.AreEqual(rtc, cab.Time.Rtc);
        }

        Assert.DoesNotContain(i => i.Kind == IncidentKind.ClockSet, cab.Journalled);
    }

    [TestMethod]
    public void Clock_UnknownAndOfferedWhatCannotBe_StaysUnknownAndLeavesTheChipAlone()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Time.Network = Rev + (401L * 86400);
        cab.Run(Unit.Beat);
        Assert.AreEqual((0L, false), (cab.Time.Rtc, cab.Unit.Clock.IsKnown));
        Assert.DoesNotContain(i => i.Kind == IncidentKind.ClockSet, cab.Journalled);
    }

    [TestMethod]
    public void Storage_SlotsRefused_IsAFaultUntilTheyTakeSomethingAgain()
    {
        TestCab cab = Showing(3);
        (cab.Memory.RefusesFrom, cab.Memory.RefusesUntil) = (MemoryMap.Rating, MemoryMap.Config);
        cab.Receive(Message.RatingTopic, Message.Rated(1, Rev + 1));
        cab.Run(3 * Unit.Beat);
        Assert.IsTrue(cab.Unit.IsStorageFaulty);
        Assert.ContainsSingle(i => i == (IncidentKind.StorageFault, (long)StoragePart.Slots), cab.Journalled);
        cab.Memory.RefusesFrom = int.MaxValue;
        cab.Receive(Message.RatingTopic, Message.Rated(1, Rev + 2));
        cab.Run(Unit.Beat);
        Assert.IsFalse(cab.Unit.IsStorageFaulty);
    }

    [TestMethod]
    [DataRow(MemoryMap.Counters, MemoryMap.Rating)]
    [DataRow(MemoryMap.Config, MemoryMap.Journal)]
    public void Storage_AnySlotsRefused_IsAFault(int from, int until)
    {
        TestCab cab = Showing(3);
        (cab.Memory.RefusesFrom, cab.Memory.RefusesUntil) = (from, until);
        cab.Receive(Message.ConfigTopic, Message.Config(Rev + 1, announced: 2));
        cab.Run(Unit.Beat);
        Assert.ContainsSingle(i => i == (IncidentKind.StorageFault, (long)StoragePart.Slots), cab.Journalled);
    }

    [TestMethod]
    public void Storage_JournalRefusedARecord_IsJournalledWhenItTakesOneAgain()
    {
        TestCab cab = Showing(3);
        cab.Memory.RefusesFrom = MemoryMap.Journal;
        cab.Receive(Message.RatingTopic, Message.Rated(1, Rev + 1));
        cab.Memory.RefusesFrom = int.MaxValue;
        cab.Run(Unit.Beat);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.StorageFault, (long)StoragePart.Journal));
    }

    private static TestCab Showing(int stars)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(stars));
        cab.Run(10);
        return cab;
    }
}
