using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>When a proven package becomes a candidate, when it is started, and what the unit tells of the program that runs.</summary>
[TestClass]
public sealed class InstallTests
{
    [TestMethod]
    [DataRow(11799, false)]
    [DataRow(11900, true)]
    public void Candidate_NeedsAGoodSupply(int millivolts, bool isInstalled)
    {
        var unit = new UpdatingCab();
        unit.Cab.Sensors.Battery = millivolts - 100;
        unit.Cab.Run(3000);
        unit.Offer(TestMaker.Package(2)).Until(UpdateState.Wait);
        unit.Cab.Sensors.Battery = millivolts;
        unit.Run(10);
        Assert.AreEqual(isInstalled ? UpdateState.Ready : UpdateState.Wait, unit.Cab.Unit.Updates.State);
        if (!isInstalled) Assert.AreEqual($"\"update\":\"wait\",\"offer\":{unit.Rev}", unit.Said);
    }

    [TestMethod]
    public void Candidate_NeedsTheIgnition()
    {
        var unit = new UpdatingCab();
        unit.Cab.Sensors.IsIgnitionOn = false;
        unit.Cab.Run(5000);
        unit.Offer(TestMaker.Package(2)).Until(UpdateState.Wait);
        unit.Run(60);
        Assert.AreEqual(UpdateState.Wait, unit.Cab.Unit.Updates.State);
        unit.Cab.Sensors.IsIgnitionOn = true;
        unit.Run(5);
        Assert.AreEqual(UpdateState.Ready, unit.Cab.Unit.Updates.State);
    }

    /// <summary>The car is started again before the unit slept: it restarts where it would have tested its lights.</summary>
    [TestMethod]
    public void Candidate_IsStartedWhenTheCarIs()
    {
        UpdatingCab unit = new UpdatingCab().Offer(TestMaker.Package(2)).Until(UpdateState.Ready);
        unit.Run(3600);
        Assert.IsFalse(unit.Cab.Platform.WantsReboot, "never on the road");
        unit.Cab.Sensors.IsIgnitionOn = false;
        unit.Cab.Run(5000);
        Assert.IsFalse(unit.Cab.Platform.WantsReboot);
        unit.Cab.Sensors.IsIgnitionOn = true;
        unit.Cab.Run(2000);
        Assert.IsTrue(unit.Cab.Platform.WantsReboot);
        Assert.AreEqual(ResetCause.Software, unit.Cab.Unit.Counters.Ending);
    }

    [TestMethod]
    public void Candidate_ThatRuns_SaysThatItIsOnTrialAndThenDone()
    {
        UpdatingCab unit = new UpdatingCab().Offer(TestMaker.Package(2)).Until(UpdateState.Ready);
        Load(unit, Slots.A);
        Assert.AreEqual($"\"update\":\"trial\",\"offer\":{unit.Rev}", unit.Run(5).Said);
        unit.Cab.Receive(Message.RatingTopic, Message.Rated(3, TestCab.Epoch + 1));
        unit.Run(585);
        Assert.AreEqual(UpdateState.Trial, unit.Cab.Unit.Updates.State);
        unit.Run(20);
        Assert.AreEqual($"\"update\":\"done\",\"offer\":{unit.Rev}", unit.Said);
        Slots record = unit.Record();
        Assert.AreEqual((Slots.A, 0, 1u), (record.Find(SlotKind.Confirmed), record.Failures, record.Floor));
        unit.Cab.PowerDown();
        Load(unit, Slots.A);
        Assert.AreEqual(UpdateState.Done, unit.Cab.Unit.Updates.State);
    }

    /// <summary>A program on trial is not deleted for the next one, which waits until it is known how it went.</summary>
    [TestMethod]
    public void Package_OfferedWhileAnotherIsOnTrial_WaitsForIt()
    {
        UpdatingCab unit = new UpdatingCab().Offer(TestMaker.Package(2)).Until(UpdateState.Ready);
        Load(unit, Slots.A);
        int writes = unit.Files.Writes;
        unit.Offer(TestMaker.Package(3)).Run(60);
        Assert.AreEqual((UpdateState.Check, writes), (unit.Cab.Unit.Updates.State, unit.Files.Writes));
        unit.Cab.Receive(Message.RatingTopic, Message.Rated(3, TestCab.Epoch + 1));
        unit.Until(UpdateState.Ready, 1200);
        Slots record = unit.Record();
        Assert.AreEqual((Slots.A, Slots.B, 2, 3), (record.Find(SlotKind.Confirmed), record.Find(SlotKind.Candidate), record.First.Major, record.Second.Major));
    }

    /// <summary>Offered again, what is there already is not fetched again: not while it waits for its start, nor once it runs.</summary>
    [TestMethod]
    public void Package_OfferedAgain_IsNotFetchedAgain()
    {
        byte[] package = TestMaker.Package(2);
        UpdatingCab unit = new UpdatingCab().Offer(package).Until(UpdateState.Ready);
        int sent = unit.Server.Sent.Count;
        Assert.AreEqual(UpdateState.Ready, unit.Offer(package).Run(30).Cab.Unit.Updates.State);
        Load(unit, Slots.A);
        Assert.AreEqual(UpdateState.Trial, unit.Offer(package).Run(30).Cab.Unit.Updates.State);
        Assert.AreEqual(sent, unit.Server.Sent.Count);
        Assert.AreEqual($"\"update\":\"trial\",\"offer\":{unit.Rev}", unit.Said);
    }

    /// <summary>Two roll-outs at once: the later offer takes the place of the earlier.</summary>
    [TestMethod]
    public void Package_OfferedWhileAnotherIsFetched_TakesItsPlace()
    {
        byte[] second = TestMaker.Package(3, 5000);
        var unit = new UpdatingCab();
        unit.Offer(TestMaker.Package(2, 20000)).Run(25);
        Assert.IsGreaterThan(2560, unit.Transfer.Have);
        unit.Offer(second).Until(UpdateState.Ready, 3 * 3600);
        Assert.AreEqual((3, Slots.A), (unit.Record().First.Major, unit.Record().Find(SlotKind.Candidate)));
        CollectionAssert.AreEqual(second, unit.PackageIn(Slots.A));
    }

    [TestMethod]
    public void Program_ThatWasGivenUp_IsToldOnceAndNotTriedAgainByItself()
    {
        byte[] package = TestMaker.Package(2);
        UpdatingCab unit = new UpdatingCab().Offer(package).Until(UpdateState.Ready);
        for (int start = 0; start < Slots.MaxTries; start++) Assert.AreEqual(Slots.A, Choose(unit));
        Assert.AreEqual(Slots.Factory, Choose(unit));

        unit.Restart();
        unit.Run(3);
        Assert.AreEqual($"\"update\":\"failed\",\"why\":21", unit.Said);
        Assert.AreEqual(1, unit.Cab.Journalled.Count(i => i == (IncidentKind.WentBack, WentBack.Tries)));
        unit.Restart();
        unit.Run(60);
        Assert.AreEqual((UpdateState.None, 1), (unit.Cab.Unit.Updates.State, unit.Cab.Journalled.Count(i => i.Kind == IncidentKind.WentBack)));

        // The server may mean it all the same; the file is still there.
        int sent = unit.Server.Sent.Count;
        unit.Offer(package).Until(UpdateState.Ready);
        Assert.AreEqual(sent, unit.Server.Sent.Count);
    }

    /// <summary>The running program is what a loader has chosen.</summary>
    private static void Load(UpdatingCab unit, int slot)
    {
        Assert.AreEqual(slot, Choose(unit));
        unit.Restart();
    }

    private static int Choose(UpdatingCab unit) => new Loader(new Slots(unit.Cab.Memory, MemoryMap.Programs, new byte[256])).Choose(isCertainlyClean: false);
}
