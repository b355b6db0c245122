using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;

namespace Firmware.Tests.Memory;

[TestClass]
public sealed class SlotPairTests
{
    private const int Capacity = 40;

    [TestMethod]
    public void SlotPair_NewMemory_HoldsNothing()
    {
        SlotPair pair = Loaded(new RamMemory());
        Assert.AreEqual(0, pair.Length);
        Assert.AreEqual(0u, pair.Sequence);
    }

    [TestMethod]
    public void SlotPair_WithACorruptSlot_IsLoadedAllTheSame()
    {
        var memory = new RamMemory();
        SlotPair pair = Loaded(memory);
        pair.Store(1, Content(1), 5);
        pair.Store(2, Content(2), 5);
        byte[] image = memory.Image;
        image[13] ^= 1;
        var corrupt = new SlotPair(new RamMemory(image), 0, Capacity, new byte[SlotPair.SizeOfSlot(Capacity)]);
        Assert.AreEqual(SlotRead.Found, corrupt.Load());
        Assert.AreEqual(2, corrupt.Tag);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(Capacity - 1)]
    [DataRow(Capacity)]
    public void SlotPair_Stored_IsReadAgain(int length)
    {
        var memory = new RamMemory();
        Assert.IsTrue(Loaded(memory).Store(7, Content(3), length));

        SlotPair again = Loaded(memory);
        Assert.AreEqual(length, again.Length);
        Assert.AreEqual(7, again.Tag);
        CollectionAssert.AreEqual(Content(3)[..length], again.Content[..length]);
    }

    [TestMethod]
    public void SlotPair_StoredManyTimes_HoldsTheNewest()
    {
        var memory = new RamMemory();
        SlotPair pair = Loaded(memory);
        for (byte i = 1; i <= 9; i++)
        {
            Assert.IsTrue(pair.Store(i, Content(i), Capacity));
            Assert.AreEqual(i, Loaded(memory).Tag);
        }
    }

    /// <summary>Every byte of the write, each with the byte torn in several ways, after none, one and two earlier writes.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void SlotPair_SupplyCutAtEveryByte_HoldsTheOldOrTheNew(int writesBefore)
    {
        byte?[] tears = [null, 0x00, 0xFF, 0xA5];
        int size = SlotPair.SizeOfSlot(Capacity);
        foreach (byte? torn in tears)
        {
            for (int cut = 0; cut <= size; cut++)
            {
                var memory = new RamMemory();
                SlotPair pair = Loaded(memory);
                for (int i = 1; i <= writesBefore; i++) pair.Store(i, Content((byte)i), Capacity);

                memory.BytesLeft = cut;
                memory.TornByte = torn;
                bool isCut = !Survives(() => pair.Store(writesBefore + 1, Content((byte)(writesBefore + 1)), Capacity));
                memory.BytesLeft = long.MaxValue;
                memory.TornByte = null;

                // A torn byte may happen to be the right one: then the last byte of the write leaves the new value.
                SlotPair after = Loaded(memory);
                bool isNew = after.Sequence == writesBefore + 1;
                Assert.IsTrue(isNew || after.Sequence == writesBefore, $"cut {cut} torn {torn}: sequence {after.Sequence}");
                Assert.IsTrue(isCut || isNew);
                AssertHolds(after, (int)after.Sequence);

                // The next write goes through.
                Assert.IsTrue(after.Store(99, Content(99), Capacity));
                Assert.AreEqual(99, Loaded(memory).Tag);
            }
        }
    }

    [TestMethod]
    public void SlotPair_EveryBitFlipped_HoldsTheOtherSlot()
    {
        var memory = new RamMemory();
        SlotPair pair = Loaded(memory);
        pair.Store(1, Content(1), Capacity);
        pair.Store(2, Content(2), Capacity);
        byte[] image = memory.Image;
        int size = SlotPair.SizeOfSlot(Capacity);
        for (int bit = 0; bit < size * 8; bit++)
        {
            byte[] corrupt = (byte[])image.Clone();
            corrupt[size + (bit / 8)] ^= (byte)(1 << (bit % 8));
            SlotPair first = Loaded(new RamMemory(corrupt));

            // The newest is in one slot or the other: whichever is hit, a whole one is read.
            Assert.IsTrue(first.Sequence is 1 or 2, $"bit {bit}");
            AssertHolds(first, (int)first.Sequence);
        }
    }

    [TestMethod]
    public void SlotPair_MemoryThatDoesNotAnswer_SaysSo()
    {
        var memory = new RamMemory();
        SlotPair pair = Loaded(memory);
        Assert.IsTrue(pair.Store(1, Content(1), Capacity));
        memory.IsDead = true;
        Assert.IsFalse(pair.Store(2, Content(2), Capacity));
        Assert.AreEqual(1, pair.Tag);
        Assert.AreEqual(SlotRead.Unread, pair.Load());
        memory.IsDead = false;
        Assert.IsFalse(pair.Store(3, Content(3), Capacity), "what was not read is not written");
        Assert.AreEqual(1, Loaded(memory).Tag);
    }

    [TestMethod]
    [DataRow(1, SlotRead.Unread)]
    [DataRow(2, SlotRead.Unread)]
    [DataRow(3, SlotRead.Found)]
    public void Load_OneReadMissed_IsUnread(int missed, int expected)
    {
        var memory = new RamMemory();
        Loaded(memory).Store(1, Content(1), Capacity);
        int before = memory.Reads;
        memory.MissesRead = read => read == before + missed;
        Assert.AreEqual(expected, Loaded(memory).Read);
    }

    /// <summary>Garbled twice, whole at the third look; three times garbled is torn.</summary>
    [TestMethod]
    [DataRow(2, 3)]
    [DataRow(3, 2)]
    public void Load_NewestSlotGarbledOnTheBus_IsLookedAtThreeTimes(int garbled, int expected)
    {
        var memory = new RamMemory();
        SlotPair pair = Loaded(memory);
        for (int i = 1; i <= 3; i++) pair.Store(i, Content((byte)i), Capacity);
        int left = garbled;
        memory.Garbles = (address, into) =>
        {
            if (address == 0 && left-- > 0) into[20] ^= 1;
        };
        Assert.AreEqual(expected, Loaded(memory).Tag);
    }

    [TestMethod]
    public void StoreTwice_Whole_SurvivesTheLossOfEitherSlot()
    {
        var memory = new RamMemory();
        SlotPair pair = Loaded(memory);
        for (int i = 1; i <= 4; i++)
        {
            Assert.IsTrue(pair.StoreTwice(i, Content((byte)i), Capacity));
            Assert.IsTrue(Loaded(memory).IsTwice);
            for (int slot = 0; slot < 2; slot++)
            {
                byte[] image = memory.Image;
                image[(slot * SlotPair.SizeOfSlot(Capacity)) + 15] ^= 1;
                SlotPair rotten = Loaded(new RamMemory(image));
                Assert.AreEqual((i, false), (rotten.Tag, rotten.IsTwice));
                AssertHolds(rotten, i);
            }
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void StoreTwice_SupplyCutAtEveryByte_HoldsTheOldOrTheNew(int writesBefore)
    {
        int size = 2 * SlotPair.SizeOfSlot(Capacity);
        for (int cut = 0; cut < size; cut++)
        {
            var memory = new RamMemory();
            SlotPair pair = Loaded(memory);
            for (int i = 1; i <= writesBefore; i++) pair.StoreTwice(i, Content((byte)i), Capacity);
            memory.BytesLeft = cut;
            memory.TornByte = 0xA5;
            Assert.IsFalse(Survives(() => pair.StoreTwice(writesBefore + 1, Content((byte)(writesBefore + 1)), Capacity)));
            memory.BytesLeft = long.MaxValue;
            memory.TornByte = null;

            SlotPair after = Loaded(memory);
            bool isNew = cut >= size / 2;
            if (cut != (size / 2) - 1) Assert.AreEqual(isNew ? writesBefore + 1 : writesBefore, (int)after.Sequence, $"cut {cut}");
            AssertHolds(after, (int)after.Sequence);
            Assert.IsTrue(after.StoreTwice(99, Content(99), Capacity));
            Assert.AreEqual((99, true), (Loaded(memory).Tag, Loaded(memory).IsTwice));
        }
    }

    private static void AssertHolds(SlotPair pair, int value)
    {
        if (value == 0)
        {
            Assert.AreEqual(0, pair.Length);
            return;
        }

        Assert.AreEqual(value, pair.Tag);
        CollectionAssert.AreEqual(Content((byte)value), pair.Content);
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

    private static SlotPair Loaded(RamMemory memory)
    {
        var pair = new SlotPair(memory, 0, Capacity, new byte[SlotPair.SizeOfSlot(Capacity)]);
        pair.Load();
        return pair;
    }

    private static byte[] Content(byte seed) => [.. Enumerable.Range(0, Capacity).Select(i => (byte)((i * 7) + seed))];
}
