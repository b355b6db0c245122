using System.Runtime.CompilerServices;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;

namespace Firmware.Tests.Memory;

/// <summary>
/// Memories of layout 1, as the program of 29 November 2026 wrote them, and of layout 2, as that of 1 December 2026 did, under the present one: three
/// stars of epoch 3, which is confirmed, a config of heartbeat 77, a command, and a journal that ends with marks numbered like their records.
/// </summary>
[TestClass]
public sealed class LayoutMoveTests
{
    [TestMethod]
    [DataRow("1-full", 250u, 137u, 150u, DisplayName = "layout 1, 113 incidents wait, and 101 fit")]
    [DataRow("1-light", 60u, 40u, 41u, DisplayName = "layout 1, 20 incidents wait")]
    [DataRow("2-full", 240u, 131u, 140u, DisplayName = "layout 2, 109 incidents wait, and 101 fit")]
    [DataRow("2-light", 60u, 40u, 41u, DisplayName = "layout 2, 20 incidents wait")]
    public void LayoutBefore_Started_KeepsAllButWhatDoesNotFit(string name, uint newest, uint acknowledged, uint oldest)
    {
        byte[] before = ImageOf(name);
        var memory = new RamMemory((byte[])before.Clone());
        TestCab cab = new TestCab(memory).Start();
        AssertKept(cab, newest, acknowledged, oldest);
        byte[] calibration = name[0] == '1' ? new byte[MemoryMap.Journal - MemoryMap.Calibration] : before[MemoryMap.Calibration..MemoryMap.Journal];
        CollectionAssert.AreEqual(calibration, memory.Image[MemoryMap.Calibration..MemoryMap.Journal]);
        Assert.IsTrue(memory.Image.AsSpan(MemoryMap.Programs).IndexOfAnyExcept((byte)0) < 0);
        if (acknowledged + 1 < oldest)
        {
            var incident = new Incident();
            Assert.IsTrue(cab.Unit.Journal.Read(acknowledged + 1, incident));
            Assert.AreEqual((IncidentKind.Lost, oldest - 1, (long)(oldest - acknowledged - 1)), (incident.Kind, incident.Sequence, incident.Arg));
        }

        cab.Restart();
        AssertKept(cab, newest, acknowledged, oldest, starts: 2);
    }

    [TestMethod]
    [DataRow("1-light")]
    [DataRow("2-light")]
    public void LayoutBefore_MovedWithTheSupplyCutNowAndThen_LosesNothing(string name) => CutMove(name, 60, 40, 41, 13);

    [TestMethod]
    [TestCategory("slow")]
    [DataRow("1-light")]
    [DataRow("2-light")]
    public void LayoutBefore_OfALightJournal_MovedWithTheSupplyCutAtEveryByte_LosesNothing(string name) => CutMove(name, 60, 40, 41, 1);

    [TestMethod]
    [TestCategory("slow")]
    [DataRow("1-full", 250u, 137u, 150u)]
    [DataRow("2-full", 240u, 131u, 140u)]
    public void LayoutBefore_OfAFullJournal_MovedWithTheSupplyCutAtEveryByte_LosesNoMore(string name, uint newest, uint acknowledged, uint oldest) =>
        CutMove(name, newest, acknowledged, oldest, 1);

    [TestMethod]
    [DataRow("1-light")]
    [DataRow("2-light")]
    public void LayoutBefore_WithAReadMissed_IsMovedLater(string name)
    {
        var memory = new RamMemory(ImageOf(name));
        byte[] before = memory.Image;
        memory.MissesRead = read => read >= 40;
        TestCab cab = new TestCab(memory).Start().Settle();
        Assert.AreEqual("11110", cab.Lit);
        CollectionAssert.AreEqual(before[MemoryMap.Rating..], memory.Image[MemoryMap.Rating..]);
        memory.MissesRead = null;
        cab.Run(15000);
        Assert.IsFalse(cab.Unit.IsStorageFaulty);
        AssertKept(cab, 60, 40, 41, starts: 4);
    }

    /// <summary>The rotation that layout 1 could tear: the config is stored, the epoch that it announces is not.</summary>
    [TestMethod]
    public void Layout1_WithATornRotation_IsFinishedByTheSameMessage()
    {
        var memory = new RamMemory();
        TestCab cab = new TestCab(memory).Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config(TestCab.Epoch + 1, announced: 2));
        var identity = new SlotPair(memory, MemoryMap.Identity, MemoryMap.IdentityCapacity, new byte[2000]);
        identity.Load();
        identity.StoreTwice(1, identity.Content, identity.Length);
        var counters = new SlotPair(memory, MemoryMap.Counters, MemoryMap.CountersCapacity, new byte[2000]);
        counters.Load();
        byte[] before = counters.Content[..32];
        (before[24], before[25], before[26]) = (1, 0, 1);
        counters.Store(0, before, 32);

        cab.Restart();
        Assert.AreEqual((2, false), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
    }

    [TestMethod]
    [DataRow(2, 1, 1, 2, true)]
    [DataRow(2, 0, 1, 1, true, DisplayName = "announced and not heard: the stored config says so again")]
    [DataRow(0, 0, 0, 1, true)]
    public void Layout1_Counters_KeepTheEpoch(int epoch, int confirmed, int heard, int inUse, bool isConfirmed)
    {
        var memory = new RamMemory();
        var slots = new SlotPair(memory, MemoryMap.Counters, MemoryMap.CountersCapacity, new byte[2000]);
        slots.Load();
        byte[] before = new byte[32];
        (before[0], before[24], before[26], before[31]) = (7, (byte)epoch, (byte)confirmed, 2);
        slots.Store(0, before, 32);
        var counters = new Counters(memory, new byte[2000]);
        Assert.AreEqual(SlotRead.Found, counters.Load());
        Assert.AreEqual((7u, 2, 0L, 0L), (counters.Boot, counters.Ending, counters.HoldSpent, counters.HoldRev));
        Assert.AreEqual(confirmed == 1 ? epoch : heard == 0 ? 0 : epoch - 1, counters.ConfirmedEpoch);
        var keys = new TaxiCredit.Firmware.Logic.Wire.Keyring();
        new TaxiCredit.Firmware.Logic.Provisioning.Rotation(keys, counters).Load(TestCab.RootKey);
        Assert.AreEqual((inUse, isConfirmed), (keys.Epoch, keys.Confirmed));
    }

    /// <summary>Journals of every length and with holes, moved with the supply cut now and then, until it is done.</summary>
    [TestMethod]
    [DataRow(1, 4512, 115, 20171201)]
    [DataRow(2, 4672, 110, 20171202)]
    public void JournalMove_OfAnyJournalAndManyCuts_KeepsEveryRecord(int layout, int begin, int places, int seed)
    {
        Console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            uint newest = (uint)random.Next(1, 700);
            uint acknowledged = (uint)random.Next((int)Math.Max(0, newest - 130L), (int)newest + 1);
            var memory = new RamMemory();
            var kept = new HashSet<uint>();
            var incident = new Incident { Kind = IncidentKind.Mark };
            byte[] record = new byte[MemoryMap.RecordSize];
            for (uint sequence = newest > places ? newest - (uint)places + 1 : 1; sequence <= newest; sequence++)
            {
                if (random.Next(10) == 0) continue;
                (incident.Sequence, incident.Arg) = (sequence, sequence);
                incident.Put(record);
                memory.Write(begin + ((int)((sequence - 1) % places) * 32), record, 32);
                kept.Add(sequence);
            }

            uint last = kept.Count == 0 ? acknowledged : Math.Max(acknowledged, kept.Max());
            kept.RemoveWhere(sequence => sequence <= acknowledged || last - sequence >= 101);
            while (true)
            {
                memory.BytesLeft = random.Next(0, 4000);
                memory.TornByte = (byte)random.Next(256);
                if (Survives(() => Assert.IsTrue(new JournalMove(memory, layout).Run(acknowledged)))) break;
            }

            memory.BytesLeft = long.MaxValue;
            var journal = new Journal(memory);
            Assert.IsTrue(journal.Load(acknowledged));
            foreach (uint sequence in kept)
            {
                Assert.IsTrue(journal.Read(sequence, incident), $"round {round}, record {sequence}");
                Assert.AreEqual((IncidentKind.Mark, sequence, (long)sequence), (incident.Kind, incident.Sequence, incident.Arg));
            }
        }
    }

    private static void CutMove(string name, uint newest, uint acknowledged, uint oldest, int step)
    {
        byte[] image = ImageOf(name);
        var counted = new RamMemory((byte[])image.Clone());
        new TestCab(counted).Start();
        Assert.IsGreaterThan(600, counted.Written);
        for (long cut = 0; cut < counted.Written; cut += step)
        {
            var memory = new RamMemory((byte[])image.Clone()) { BytesLeft = cut, TornByte = (byte)(cut * 7) };
            Assert.IsFalse(Survives(() => new TestCab(memory).Start()), $"cut {cut}");
            memory.BytesLeft = long.MaxValue;
            memory.TornByte = null;
            AssertKept(new TestCab(memory).Start(), newest, acknowledged, oldest, starts: 2);
        }
    }

    /// <param name="starts">At most so many starts since the move began: one that was cut may have been journalled.</param>
    private static void AssertKept(TestCab cab, uint newest, uint acknowledged, uint oldest, int starts = 1)
    {
        Assert.AreEqual(("11110", 3, true), (cab.Lit, cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        Assert.AreEqual((77, TestCab.Epoch + 3, TestCab.Epoch + 1), (cab.Unit.Settings.Current.Heartbeat, cab.Unit.Settings.Rev, cab.Unit.Ratings.Rev));
        Assert.AreEqual((TestCab.Id, TestCab.Epoch + 7, acknowledged), (cab.Unit.Identity.DisplayId, cab.Unit.Counters.CmdRev, cab.Unit.Journal.Acknowledged));
        Assert.IsTrue(cab.Unit.Counters.Boot - 1 >= 1 && cab.Unit.Counters.Boot - 1 <= starts);
        // In a journal with so much waiting the start itself is only counted.
        Assert.IsTrue(cab.Unit.Journal.Newest >= newest && cab.Unit.Journal.Newest <= newest + starts);
        var incident = new Incident();
        for (uint sequence = Math.Max(oldest, cab.Unit.Journal.Newest - MemoryMap.JournalRecords + 1); sequence <= newest; sequence++)
        {
            Assert.IsTrue(cab.Unit.Journal.Read(sequence, incident));
            Assert.AreEqual((IncidentKind.Mark, sequence, (long)sequence), (incident.Kind, incident.Sequence, incident.Arg));
        }
    }

    private static bool Survives(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (SupplyGoneException)
        {
            return false;
        }
    }

    private static byte[] ImageOf(string name) => File.ReadAllBytes(Path.Combine(Here(), $"layout-{name}.bin"));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
