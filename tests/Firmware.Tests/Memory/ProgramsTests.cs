using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Memory;

/// <summary>The record of programs in the memory of a whole unit.</summary>
[TestClass]
public sealed class ProgramsTests
{
    /// <summary>Two slots of 120 bytes fit into what the layout leaves.</summary>
    [TestMethod]
    public void Place_AtTheEndOfTheMemory_TakesTheRecord() => Assert.IsLessThanOrEqualTo(MemoryMap.ProgramsSize, 2 * SlotPair.SizeOfSlot(Slots.Capacity));

    /// <summary>A journal that has gone around twice comes up to the record, and does not touch it.</summary>
    [TestMethod]
    public void Record_BesideAFullJournal_IsKept()
    {
        TestCab cab = WithCandidate();
        var incident = new TaxiCredit.Firmware.Logic.Incidents.Incident { Kind = TaxiCredit.Firmware.Logic.Incidents.IncidentKind.Mark };
        for (int i = 0; i < 250; i++) Assert.IsTrue(cab.Unit.Journal.Append(incident));
        AssertKept(cab.Restart());
    }

    /// <summary>Its programs are the board's, whoever it displays.</summary>
    [TestMethod]
    public void Record_OfAUnitThatBecomesAnotherDisplay_IsKept() =>
        AssertKept(WithCandidate().Restart(config: TestCab.Config("disp-0002", new byte[32])));

    [TestMethod]
    public void Record_OfAMemoryThatMissesItsReads_IsReadLaterAndKept()
    {
        TestCab cab = WithCandidate();
        cab.PowerDown();
        cab.Memory.MissesRead = _ => true;
        cab.Start().Settle();
        Assert.IsFalse(cab.Unit.Programs.IsRead);
        cab.Memory.MissesRead = null;
        cab.Run(15000);
        AssertKept(cab);
    }

    /// <summary>Memory that failed is not memory that is empty: what cannot be read alone keeps the unit from calling its memory whole.</summary>
    [TestMethod]
    public void Record_ThatAloneDoesNotAnswer_IsAStorageFault()
    {
        TestCab cab = WithCandidate();
        cab.PowerDown();
        cab.Memory.Unread = MemoryMap.Programs;
        cab.Start().Settle();
        Assert.IsTrue(cab.Unit.IsStorageFaulty);
        cab.Memory.Unread = int.MaxValue;
        cab.Run(15000);
        Assert.IsFalse(cab.Unit.IsStorageFaulty);
        AssertKept(cab);
    }

    private static TestCab WithCandidate()
    {
        TestCab cab = new TestCab().Start().Settle();
        int slot = cab.Unit.Programs.MakeRoom();
        Assert.AreEqual(Slots.A, slot);
        Assert.IsTrue(cab.Unit.Programs.Offer(slot, Update.LoaderWorld.ManifestOf(7, 3), Slots.MaxTries));
        return cab;
    }

    private static void AssertKept(TestCab cab)
    {
        Slots programs = cab.Unit.Programs;
        Assert.AreEqual((true, Slots.A, 7, 3u), (programs.IsKnown, programs.Find(SlotKind.Candidate), programs.First.Major, programs.First.Rollback));
        var seen = new Slots(cab.Memory, MemoryMap.Programs, new byte[256]);
        Assert.IsTrue(seen.Load());
        Assert.AreEqual((Slots.A, Slots.MaxTries), (seen.Find(SlotKind.Candidate), seen.Tries));
    }
}
