using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;

namespace Firmware.Tests.Incidents;

[TestClass]
public sealed class JournalTests
{
    private const int Records = MemoryMap.JournalRecords;

    [TestMethod]
    public void Journal_OfTheMemory_HasRoomForADayOfRoughDriving() => Assert.IsGreaterThanOrEqualTo(96, Records);

    [TestMethod]
    [DataRow(Records - 1, 0u)]
    [DataRow(Records, 0u)]
    [DataRow(Records + 1, 1u)]
    [DataRow((3 * Records) + 7, (2u * Records) + 7)]
    public void Journal_Unacknowledged_KeepsTheNewestAndDeclaresTheRest(int appended, uint lost)
    {
        Journal journal = Filled(new RamMemory(), appended, 0);
        var incident = new Incident();
        Assert.IsTrue(journal.Read(1, incident));
        if (lost == 0)
        {
            Assert.AreEqual(IncidentKind.Mark, incident.Kind);
        }
        else
        {
            Assert.AreEqual((IncidentKind.Lost, lost, (long)lost), (incident.Kind, incident.Sequence, incident.Arg));
        }

        for (uint sequence = lost + 1; sequence <= appended; sequence++)
        {
            Assert.IsTrue(journal.Read(sequence, incident));
            Assert.AreEqual((sequence, (long)sequence), (incident.Sequence, incident.Arg));
        }

        Assert.IsFalse(journal.Read((uint)appended + 1, incident));
        Assert.IsFalse(journal.Read(0, incident));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(Records)]
    [DataRow(Records + 1)]
    [DataRow((5 * Records) + 3)]
    public void Journal_LoadedAgain_GoesOnWithTheNextNumber(int appended)
    {
        var memory = new RamMemory();
        Filled(memory, appended, 0);
        var again = new Journal(memory);
        again.Load(0);
        Assert.AreEqual((uint)appended, again.Newest);
        again.Append(new Incident { Kind = IncidentKind.Mark });
        Assert.AreEqual((uint)appended + 1, again.Newest);
    }

    [TestMethod]
    public void Journal_WhoseRecordsAreGone_DoesNotReuseWhatWasAcknowledged()
    {
        var journal = new Journal(new RamMemory());
        journal.Load(500);
        Assert.AreEqual((500u, 0u), (journal.Newest, journal.Backlog));
        journal.Append(new Incident { Kind = IncidentKind.Mark });
        Assert.AreEqual(501u, journal.Newest);
    }

    [TestMethod]
    [DataRow(9, false, 10u)]
    [DataRow(10, false, 10u)]
    [DataRow(11, true, 11u)]
    [DataRow(20, true, 20u)]
    [DataRow(21, false, 10u)]
    public void Journal_Acknowledged_OnlyForwardAndNotBeyondTheNewest(int through, bool isTaken, uint acknowledged)
    {
        Journal journal = Filled(new RamMemory(), 20, 10);
        Assert.AreEqual(isTaken, journal.TryAcknowledge(through));
        Assert.AreEqual(acknowledged, journal.Acknowledged);
    }

    /// <summary>Every record's every byte as the place of the cut, at every position of the ring, before and after it wrapped.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(5)]
    [DataRow(Records - 1)]
    [DataRow(Records)]
    [DataRow(Records + 40)]
    public void Journal_SupplyCutAtEveryByte_LosesAtMostWhatItReplaced(int before)
    {
        foreach (byte? torn in new byte?[] { null, 0x00, 0xFF, 0x5A })
        {
            for (int cut = 0; cut <= MemoryMap.RecordSize; cut++)
            {
                var memory = new RamMemory();
                Journal journal = Filled(memory, before, 0);
                memory.BytesLeft = cut;
                memory.TornByte = torn;
                TryAppend(journal, before + 1);
                memory.BytesLeft = long.MaxValue;
                memory.TornByte = null;

                var after = new Journal(memory);
                after.Load(0);
                Assert.IsTrue(after.Newest == before || after.Newest == before + 1, $"cut {cut}");
                AssertWhole(after, Math.Max(1, before - Records + 2));

                after.Append(new Incident { Kind = IncidentKind.Mark, Arg = after.Newest + 1 });
                AssertWhole(after, Math.Max(1, (int)after.Newest - Records + 1));
            }
        }
    }

    [TestMethod]
    public void Journal_WithACorruptRecord_DeclaresIt()
    {
        var memory = new RamMemory();
        Filled(memory, 10, 0);
        byte[] image = memory.Image;
        image[MemoryMap.Journal + (4 * MemoryMap.RecordSize) + 9] ^= 0x10;
        image[MemoryMap.Journal + (5 * MemoryMap.RecordSize)] ^= 0x10;
        var journal = new Journal(new RamMemory(image));
        journal.Load(0);
        var incident = new Incident();
        Assert.IsTrue(journal.Read(5, incident));
        Assert.AreEqual((IncidentKind.Lost, 6u, 2L), (incident.Kind, incident.Sequence, incident.Arg));
    }

    [TestMethod]
    public void Journal_WithACorruptRecordBeforeTheNewest_DeclaresIt()
    {
        var memory = new RamMemory();
        Filled(memory, 10, 0);
        byte[] image = memory.Image;
        image[MemoryMap.Journal + (8 * MemoryMap.RecordSize) + 9] ^= 0x10;
        var journal = new Journal(new RamMemory(image));
        Assert.IsFalse(journal.IsSafe, "nothing is known of it before it was read");
        Assert.IsTrue(journal.Load(0));
        Assert.IsTrue(journal.IsSafe);
        var incident = new Incident();
        Assert.IsTrue(journal.Read(9, incident));
        Assert.AreEqual((IncidentKind.Lost, 9u, 1L), (incident.Kind, incident.Sequence, incident.Arg));
    }

    [TestMethod]
    [DataRow(1u, IncidentKind.PowerOn, true)]
    [DataRow(1u, IncidentKind.Count - 1, true)]
    [DataRow(0u, IncidentKind.PowerOn, false)]
    [DataRow(1u, 0, false)]
    [DataRow(1u, IncidentKind.Count, false)]
    public void Incident_WholeRecord_IsTakenIfItMeansSomething(uint sequence, int kind, bool expected)
    {
        byte[] record = new byte[MemoryMap.RecordSize];
        new Incident { Sequence = sequence, Kind = kind }.Put(record);
        Assert.AreEqual(expected, new Incident().TryGet(record));
    }

    [TestMethod]
    public void Journal_ThatDoesNotAnswer_SaysSoAndKeepsItsNumber()
    {
        var memory = new RamMemory();
        Journal journal = Filled(memory, 3, 0);
        memory.IsDead = true;
        journal.Append(new Incident { Kind = IncidentKind.Mark });
        Assert.IsFalse(journal.IsSafe);
        Assert.AreEqual(3u, journal.Newest);
        Assert.IsFalse(journal.Read(1, new Incident()));
    }

    [TestMethod]
    public void Journal_OfWhichOnePlaceDoesNotAnswer_IsNotWrittenAndLosesNothing()
    {
        var memory = new RamMemory();
        Filled(memory, 12, 0);
        int before = memory.Reads;
        memory.MissesRead = read => read == before + 12;
        var journal = new Journal(memory);
        Assert.IsFalse(journal.Load(4));
        Assert.IsFalse(journal.Append(new Incident { Kind = IncidentKind.Mark }));
        Assert.AreEqual((false, false), (journal.IsRead, journal.IsSafe));
        memory.MissesRead = null;
        Assert.IsTrue(journal.Load(4));
        Assert.AreEqual((12u, 8u), (journal.Newest, journal.Backlog));
        AssertWhole(journal, 1);
    }

    [TestMethod]
    public void Journal_ThatMissedThree_DeclaresThemWithTheNext()
    {
        var memory = new RamMemory();
        Journal journal = Filled(memory, 5, 0);
        memory.IsDead = true;
        for (int i = 0; i < 3; i++)
        {
            Assert.IsFalse(journal.Append(new Incident { Kind = IncidentKind.Mark }));
            journal.Miss();
        }

        memory.IsDead = false;
        Assert.IsTrue(journal.Append(new Incident { Kind = IncidentKind.Mark }));
        Assert.IsTrue(journal.Append(new Incident { Kind = IncidentKind.Mark }));
        Assert.AreEqual(10u, journal.Newest);
        var incident = new Incident();
        Assert.IsTrue(journal.Read(6, incident));
        Assert.AreEqual((IncidentKind.Lost, 8u, 3L), (incident.Kind, incident.Sequence, incident.Arg));
    }

    /// <summary>A record that the bus lost this time is not lost: declared so, it would never be sent.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Read_WhileTheMemoryDoesNotAnswer_DeclaresNothing(int missed)
    {
        var memory = new RamMemory();
        Journal journal = Filled(memory, 10, 0);
        byte[] image = memory.Image;
        image[MemoryMap.Journal + (4 * MemoryMap.RecordSize) + 9] ^= 0x10;
        var rotten = new RamMemory(image);
        journal = new Journal(rotten);
        journal.Load(0);
        int next = rotten.Reads + missed;
        rotten.MissesRead = read => read == next;
        var incident = new Incident();
        Assert.IsFalse(journal.Read(5, incident));
        rotten.MissesRead = null;
        Assert.IsTrue(journal.Read(5, incident));
        Assert.AreEqual((IncidentKind.Lost, 5u), (incident.Kind, incident.Sequence));
    }

    private static void AssertWhole(Journal journal, int oldest)
    {
        var incident = new Incident();
        for (uint sequence = (uint)oldest; sequence <= journal.Newest; sequence++)
        {
            Assert.IsTrue(journal.Read(sequence, incident));
            Assert.AreEqual((IncidentKind.Mark, sequence, (long)sequence), (incident.Kind, incident.Sequence, incident.Arg));
        }
    }

    private static void TryAppend(Journal journal, long arg)
    {
        try
        {
            journal.Append(new Incident { Kind = IncidentKind.Mark, Arg = arg });
        }
        catch (SupplyGoneException)
        {
            return;
        }
    }

    private static Journal Filled(RamMemory memory, int count, uint acknowledged)
    {
        var journal = new Journal(memory);
        journal.Load(acknowledged);
        var incident = new Incident { Kind = IncidentKind.Mark };
        while (journal.Newest < count)
        {
            incident.Arg = journal.Newest + 1;
            journal.Append(incident);
        }

        return journal;
    }
}
