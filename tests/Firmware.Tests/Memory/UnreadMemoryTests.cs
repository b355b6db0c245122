using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Provisioning;

namespace Firmware.Tests.Memory;

/// <summary>A memory that does not answer, for one read or for good, is not a memory that is empty.</summary>
[TestClass]
public sealed class UnreadMemoryTests
{
    private const long Rev = TestCab.Epoch;
    private const int NewId = MemoryMap.Identity;

    /// <summary>Each read of the start, the two hundredth too, gets no answer once: the unit starts as if nothing had happened.</summary>
    [TestMethod]
    public void Start_AnyOneReadMissed_IsAsIfNoneWas()
    {
        byte[] image = Rotated();
        TestCab sound = new TestCab(new RamMemory((byte[])image.Clone())).Start();
        int reads = sound.Memory.Reads;
        Assert.IsGreaterThan(MemoryMap.JournalRecords, reads);
        for (int missed = 1; missed <= reads; missed++)
        {
            int one = missed;
            var memory = new RamMemory((byte[])image.Clone()) { MissesRead = read => read == one };
            TestCab cab = new TestCab(memory).Start();
            CollectionAssert.AreEqual(sound.Memory.Image, memory.Image, $"read {missed} of {reads}");
            Assert.AreEqual((Of(sound), false), (Of(cab), cab.Unit.IsStorageFaulty));
        }
    }

    /// <summary>From any read on the memory is silent, and after half a minute it is back: nothing is lost, and nothing old counts as new.</summary>
    [TestMethod]
    public void Start_EveryReadMissedFromOneOn_TakesTheMemoryUpWhenItAnswersAgain()
    {
        byte[] image = Rotated();
        TestCab sound = new TestCab(new RamMemory((byte[])image.Clone())).Start().Settle();
        int reads = sound.Memory.Reads;
        for (int first = 1; first <= reads; first += first < 16 ? 1 : 13)
        {
            int from = first;
            var memory = new RamMemory((byte[])image.Clone()) { MissesRead = read => read >= from };
            TestCab cab = new TestCab(memory).Start();
            cab.Run(30000);
            Assert.IsTrue(cab.Unit.IsStorageFaulty, $"from {first}");
            Assert.IsTrue(cab.Lit is "11110" or "00000");
            memory.MissesRead = null;
            cab.Run(2 * TaxiCredit.Firmware.Logic.UnitMemory.LookEvery);

            Assert.AreEqual(("11110", false), (cab.Lit, cab.Unit.IsStorageFaulty), $"from {first}");
            Assert.AreEqual((Of(sound).Rev, Of(sound).ConfigRev, 3, true), (Of(cab).Rev, Of(cab).ConfigRev, cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
            Assert.AreEqual((sound.Unit.Counters.Boot, sound.Unit.Counters.CmdRev), (cab.Unit.Counters.Boot, cab.Unit.Counters.CmdRev));
            Assert.AreEqual(sound.Unit.Identity.JournalId, cab.Unit.Identity.JournalId, "the server has not heard of another");
            Assert.Contains((IncidentKind.StorageFault, (long)StoragePart.Slots), cab.Journalled);
            Assert.Contains((IncidentKind.Tamper, 1L), cab.Journalled);

            cab.Restart().Settle();
            Assert.AreEqual(("11110", Of(sound).Rev, 3), (cab.Lit, Of(cab).Rev, cab.Unit.Keys.Epoch));
        }
    }

    /// <summary>What a rebuilt rating would be: taken while the memory is silent, it must not come back as an older one, nor an older one after it.</summary>
    [TestMethod]
    [DataRow(1, "11000", DisplayName = "a newer rating while the memory is silent: it stays, and is stored")]
    [DataRow(-1, "11110", DisplayName = "an older rating, which the memory would have refused: the stored one is back")]
    public void Rating_TakenWhileTheMemoryIsSilent_YieldsToWhatIsNewer(int ahead, string lit)
    {
        TestCab cab = Silent();
        Assert.AreEqual("00000", cab.Lit);
        cab.Receive(Message.RatingTopic, Message.Rated(1, Rev + 5 + ahead));
        cab.Run(100);
        Assert.AreEqual("11000", cab.Lit);
        cab.Memory.IsDead = false;
        cab.Run(15000);
        Assert.AreEqual(lit, cab.Lit);
        cab.Restart().Settle();
        Assert.AreEqual((lit, Rev + 5 + Math.Max(0, ahead)), (cab.Lit, cab.Unit.Ratings.Rev));
    }

    /// <summary>A unit that reports while its memory is silent does so under an id of its own; the memory goes on under that.</summary>
    [TestMethod]
    public void Journal_ReportedUnderAnotherIdMeanwhile_GoesOnUnderIt()
    {
        TestCab cab = Silent();
        cab.Link.IsBrokerUp = true;
        cab.Restart();
        string silent = cab.Unit.Identity.JournalId;
        cab.Run(15000);
        Assert.Contains(m => m.Json.Contains($"\"journal\":\"{silent}\",\"boot\":1,\"n\":1,", StringComparison.Ordinal), cab.Link.Messages);
        Assert.Contains(m => m.Json.Contains("\"storage\"", StringComparison.Ordinal), cab.Link.Messages);
        cab.Memory.IsDead = false;
        cab.Run(15000);
        Assert.AreEqual((silent, 3u), (cab.Unit.Identity.JournalId, cab.Unit.Counters.Boot));
        cab.Restart();
        Assert.AreEqual((silent, 4u, false), (cab.Unit.Identity.JournalId, cab.Unit.Counters.Boot, cab.Unit.IsStorageFaulty));
    }

    [TestMethod]
    public void Provisioning_AsAnotherDisplayWhileTheMemoryIsSilent_FormatsOnlyWhatItHasRead()
    {
        TestCab cab = Silent(TestCab.Config("disp-0002"));
        byte[] before = cab.Memory.Image;
        cab.Run(60000);
        CollectionAssert.AreEqual(before, cab.Memory.Image);
        Assert.AreEqual("disp-0002", cab.Unit.Identity.DisplayId);
        cab.Memory.IsDead = false;
        cab.Run(15000);
        Assert.AreEqual(("disp-0002", 1u, 0L, false), (cab.Unit.Identity.DisplayId, cab.Unit.Counters.Boot, cab.Unit.Ratings.Rev, cab.Unit.IsStorageFaulty));
        Assert.AreEqual("disp-0002", new TestCab(new RamMemory(cab.Memory.Image)).Start(TestCab.Config("disp-0002")).Unit.Identity.DisplayId);
    }

    /// <summary>An F-RAM that a workshop has exchanged: blank, or full of another program's bytes.</summary>
    [TestMethod]
    [DataRow(0x00)]
    [DataRow(0xFF)]
    [DataRow(-1)]
    public void Memory_Exchanged_IsFormattedOnce(int content)
    {
        byte[] image = new byte[MemoryMap.Size];
        if (content < 0) new Random(20171231).NextBytes(image);
        else Array.Fill(image, (byte)content);
        TestCab cab = new TestCab(new RamMemory(image)).Start().Settle();
        Assert.AreEqual((TestCab.Id, DisplayState.NoData, false), (cab.Unit.Identity.DisplayId, cab.Unit.Panel.State, cab.Unit.IsStorageFaulty));
        string journal = cab.Unit.Identity.JournalId;
        cab.Restart();
        Assert.AreEqual(journal, cab.Unit.Identity.JournalId);
        Assert.AreEqual(2, cab.Journalled.Count(i => i.Kind == IncidentKind.PowerOn));
    }

    [TestMethod]
    public void Memory_BlankOnceItAnswers_TakesWhatIsInUse()
    {
        var memory = new RamMemory { IsDead = true };
        TestCab cab = new TestCab(memory).Start();
        cab.Receive(Message.RatingTopic, Message.Rated(2, Rev + 1));
        memory.IsDead = false;
        cab.Run(15000);
        Assert.AreEqual(("11100", false), (cab.Lit, cab.Unit.IsStorageFaulty));
        cab.Restart().Settle();
        Assert.AreEqual(("11100", TestCab.Id), (cab.Lit, cab.Unit.Identity.DisplayId));
    }

    /// <summary>What the announcing config says counts only once it is stored: after a restart the unit would be an epoch behind.</summary>
    [TestMethod]
    public void Rotation_OfAMemoryThatRefusesTheConfig_WaitsForIt()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config());
        (cab.Memory.RefusesFrom, cab.Memory.RefusesUntil) = (MemoryMap.Config, MemoryMap.Calibration);
        cab.Receive(Message.ConfigTopic, Message.Config(Rev + 1, 77, announced: 2));
        Assert.AreEqual((77, 1), (cab.Unit.Settings.Current.Heartbeat, cab.Unit.Keys.Epoch));
        cab.Run(20000);
        Assert.AreEqual(1, cab.Unit.Keys.Epoch);
        cab.Memory.RefusesFrom = int.MaxValue;
        cab.Run(15000);
        Assert.AreEqual((2, false), (cab.Unit.Keys.Epoch, cab.Unit.IsStorageFaulty));
        cab.Restart();
        Assert.AreEqual(2, cab.Unit.Keys.Epoch);
    }

    [TestMethod]
    [DataRow(NewId)]
    [DataRow(MemoryMap.Counters)]
    public void Slot_RottenAtStart_IsMended(int address)
    {
        TestCab cab = new TestCab().Start().Settle();
        byte[] image = cab.Memory.Image;
        image[address + 40] ^= 0x20;
        TestCab again = new TestCab(new RamMemory(image)).Start();
        Assert.AreEqual((2u, cab.Unit.Identity.JournalId), (again.Unit.Counters.Boot, again.Unit.Identity.JournalId));
        image = again.Memory.Image;
        image[address + (address == NewId ? 108 : 76) + 40] ^= 0x20;
        TestCab third = new TestCab(new RamMemory(image)).Start();
        Assert.AreEqual((3u, cab.Unit.Identity.JournalId), (third.Unit.Counters.Boot, third.Unit.Identity.JournalId));
    }

    private static (string Journal, long Rev, long ConfigRev, int Epoch, uint Boot, uint Newest, uint Acknowledged) Of(TestCab cab) => (
        cab.Unit.Identity.JournalId, cab.Unit.Ratings.Rev, cab.Unit.Settings.Rev, cab.Unit.Keys.Epoch, cab.Unit.Counters.Boot,
        cab.Unit.Journal.Newest, cab.Unit.Journal.Acknowledged);

    /// <summary>A unit at its second start, with three stars, whose memory has not answered since.</summary>
    private static TestCab Silent(UnitConfig? config = null)
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, Rev + 5));
        cab.Restart();
        cab.Memory.IsDead = true;
        return cab.Restart(config: config).Settle();
    }

    /// <summary>Twice rotated, with three stars, a command and incidents that nobody has acknowledged.</summary>
    private static byte[] Rotated()
    {
        var memory = new RamMemory();
        TestCab cab = new TestCab(memory).Start().Settle();
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            cab.Receive(Message.ConfigTopic, Message.Config(Rev + (2 * epoch), announced: epoch + 1, epoch: epoch));
            cab.Receive(Message.ConfigTopic, Message.Config(Rev + (2 * epoch) + 1, announced: epoch + 1, epoch: epoch + 1));
        }

        cab.Receive(Message.RatingTopic, Message.Rated(3, Rev + 9, epoch: 3));
        cab.Receive(Message.CmdTopic, Message.Seal(Message.CmdTopic, $"\"rev\":{Rev + 3},\"now\":{Rev},\"do\":\"identify\",\"exp\":{Rev + 86400}", 3));
        cab.Sensors.IsOpen = true;
        cab.Run(2000);
        cab.Sensors.IsOpen = false;
        cab.Run(61000);
        Assert.AreEqual(3, cab.Unit.Keys.Epoch);
        return memory.Image;
    }
}
