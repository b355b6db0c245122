using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;

namespace Firmware.Tests.Memory;

[TestClass]
public sealed class IdentityTests
{
    private static readonly byte[] JournalId = [1, 2, 3, 4, 5, 6, 7, 0xEF];

    [TestMethod]
    public void Identity_OfANewMemory_IsNobody()
    {
        var identity = New(new RamMemory());
        Assert.AreEqual((false, "", ""), (identity.IsSafe, identity.DisplayId, identity.JournalId));
        Assert.AreEqual(SlotRead.Blank, identity.Load());
        Assert.AreEqual((false, null), (identity.IsSafe, identity.RootKey));
    }

    [TestMethod]
    public void Format_OverAnOldMemory_LeavesNothingOfIt()
    {
        byte[] old = new byte[MemoryMap.Size];
        Array.Fill(old, (byte)0xA5);
        var memory = new RamMemory(old);
        var identity = New(memory);
        identity.Format("disp-0002", new byte[32], JournalId);
        identity.Format("disp-0001", TestCab.RootKey, JournalId);
        Assert.IsTrue(identity.IsSafe);
        byte[] image = memory.Image;
        Assert.IsTrue(image.AsSpan(MemoryMap.Counters, MemoryMap.Calibration - MemoryMap.Counters).IndexOfAnyExcept((byte)0) < 0);
        Assert.IsTrue(image.AsSpan(MemoryMap.Journal, MemoryMap.Programs - MemoryMap.Journal).IndexOfAnyExcept((byte)0) < 0);
        Assert.AreEqual(0xA5, image[MemoryMap.Calibration], "what the bench found belongs to the board");
        CollectionAssert.AreEqual(old[MemoryMap.Programs..], image[MemoryMap.Programs..], "and so do its programs");

        var again = New(memory);
        Assert.AreEqual(SlotRead.Found, again.Load());
        Assert.AreEqual(("disp-0001", "01020304050607ef"), (again.DisplayId, again.JournalId));
        Assert.IsTrue(again.Is("disp-0001", TestCab.RootKey));
        Assert.IsFalse(again.Is("disp-0002", TestCab.RootKey));
        Assert.IsFalse(again.Is("disp-0001", new byte[32]));
    }

    [TestMethod]
    public void Format_WithoutADisplay_BeginsAJournalAllTheSame()
    {
        var memory = new RamMemory();
        var identity = New(memory);
        identity.Format("ignored", null, JournalId);
        Assert.AreEqual(("", "01020304050607ef", null), (identity.DisplayId, identity.JournalId, identity.RootKey));
        var again = New(memory);
        Assert.AreEqual(SlotRead.Found, again.Load());
        Assert.AreEqual(("", "01020304050607ef", null), (again.DisplayId, again.JournalId, again.RootKey));
        Assert.IsFalse(again.Is("", TestCab.RootKey));
    }

    [TestMethod]
    public void Identity_OfAnotherVersion_IsNotTaken()
    {
        var memory = new RamMemory();
        var slots = new SlotPair(memory, MemoryMap.Identity, MemoryMap.IdentityCapacity, new byte[2000]);
        slots.Load();
        slots.Store(MemoryMap.Version + 1, new byte[73], 73);
        Assert.AreEqual(SlotRead.Blank, New(memory).Load());
    }

    [TestMethod]
    public void Identity_MemoryThatDoesNotAnswer_IsNotSafe()
    {
        var identity = New(new RamMemory { IsDead = true });
        Assert.AreEqual(SlotRead.Unread, identity.Load());
        Assert.IsFalse(identity.IsSafe);
    }

    /// <summary>The root key and the journal's id are written once in a unit's life: one rotten byte must not cost them.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Identity_WithOneSlotGone_IsFoundAndMended(int slot)
    {
        var memory = new RamMemory();
        New(memory).Format(TestCab.Id, TestCab.RootKey, JournalId);
        byte[] image = memory.Image;
        image[(slot * SlotPair.SizeOfSlot(MemoryMap.IdentityCapacity)) + 30] ^= 4;
        var rotten = new RamMemory(image);
        Identity identity = New(rotten);
        Assert.AreEqual(SlotRead.Found, identity.Load());
        Assert.AreEqual((false, TestCab.Id, "01020304050607ef"), (identity.IsSafe, identity.DisplayId, identity.JournalId));
        identity.Store();
        Assert.IsTrue(identity.IsSafe);

        Identity again = New(rotten);
        again.Load();
        Assert.AreEqual((true, TestCab.Id, "01020304050607ef"), (again.IsSafe, again.DisplayId, again.JournalId));
        Assert.IsTrue(again.Is(TestCab.Id, TestCab.RootKey));
    }

    [TestMethod]
    public void Identity_Unread_StaysWhatWasAssumedAndIsNotWritten()
    {
        var memory = new RamMemory { IsDead = true };
        Identity identity = New(memory);
        identity.Assume(TestCab.Id, TestCab.RootKey, "0123456789abcdef");
        identity.Load();
        memory.IsDead = false;
        identity.Store();
        Assert.AreEqual((0L, TestCab.Id, "0123456789abcdef"), (memory.Written, identity.DisplayId, identity.JournalId));
    }

    private static Identity New(RamMemory memory) => new(memory, new byte[SlotPair.SizeOfSlot(MemoryMap.MessageCapacity)]);
}
