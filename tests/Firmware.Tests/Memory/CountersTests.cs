using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Memory;

[TestClass]
public sealed class CountersTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Counters_Stored_AreReadAgainToTheLast(bool isConnecting)
    {
        var memory = new RamMemory();
        Counters counters = Loaded(memory);
        counters.Boot = 4000000001;
        counters.Acknowledged = 4000000002;
        counters.CmdRev = 4102444800;
        counters.TimeFloor = 4102444799;
        counters.Epoch = 65535;
        counters.ConfirmedEpoch = 65534;
        counters.Stalls = 300;
        counters.IsConnecting = isConnecting;
        counters.Ending = ResetCause.BrownOut;
        counters.HoldSpent = 4000000003;
        counters.HoldRev = 4102444798;
        counters.Store();
        Assert.IsTrue(counters.IsSafe);

        Counters again = Loaded(memory);
        Assert.AreEqual((4000000001u, 4000000002u), (again.Boot, again.Acknowledged));
        Assert.AreEqual((4102444800, 4102444799, 65535), (again.CmdRev, again.TimeFloor, again.Epoch));
        Assert.AreEqual((65534, 300, isConnecting, ResetCause.BrownOut), (again.ConfirmedEpoch, again.Stalls, again.IsConnecting, again.Ending));
        Assert.AreEqual((4000000003, 4102444798), (again.HoldSpent, again.HoldRev));
    }

    /// <summary>A slot that rots must not bring back what an older one says: a command would be carried out twice.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Counters_WithOneSlotGone_AreStillTheNewest(int slot)
    {
        var memory = new RamMemory();
        Counters counters = Loaded(memory);
        counters.CmdRev = 7;
        counters.Store();
        counters.CmdRev = 8;
        counters.Store();
        byte[] image = memory.Image;
        int size = SlotPair.SizeOfSlot(MemoryMap.CountersCapacity);
        Array.Fill(image, (byte)0xEE, MemoryMap.Counters + (slot * size), size);
        Assert.AreEqual(8, Loaded(new RamMemory(image)).CmdRev);
    }

    [TestMethod]
    public void Counters_ReadLate_KeepWhatIsFurtherAndCountTheStart()
    {
        var memory = new RamMemory();
        Counters before = Loaded(memory);
        (before.Boot, before.Acknowledged, before.CmdRev, before.TimeFloor, before.Epoch, before.ConfirmedEpoch) = (9, 30, 500, 600, 3, 3);
        before.Store();

        memory.IsDead = true;
        Counters late = Loaded(memory);
        (late.Boot, late.CmdRev, late.TimeFloor, late.Epoch) = (1, 501, 599, 2);
        late.Store();
        Assert.AreEqual((false, false), (late.IsRead, late.IsSafe));
        memory.IsDead = false;
        Assert.AreEqual(SlotRead.Found, late.Load());
        Assert.AreEqual((10u, 30u, 501L, 600L, 3, 3), (late.Boot, late.Acknowledged, late.CmdRev, late.TimeFloor, late.Epoch, late.ConfirmedEpoch));
    }

    [TestMethod]
    public void Counters_OfAWipedMemory_AreZero()
    {
        var memory = new RamMemory();
        var counters = new Counters(new RamMemory(), new byte[2000])
        {
            Boot = 1,
            Acknowledged = 1,
            CmdRev = 1,
            TimeFloor = 1,
            Epoch = 1,
            ConfirmedEpoch = 1,
            Stalls = 1,
            IsConnecting = true,
            Ending = ResetCause.Power,
            HoldSpent = 1,
            HoldRev = 1,
        };
        counters.Clear();
        foreach (Counters zero in new[] { counters, Loaded(memory) })
        {
            Assert.AreEqual((0u, 0u, 0L, 0L, 0), (zero.Boot, zero.Acknowledged, zero.CmdRev, zero.TimeFloor, zero.Epoch));
            Assert.AreEqual((0, 0, false, ResetCause.Unknown), (zero.ConfirmedEpoch, zero.Stalls, zero.IsConnecting, zero.Ending));
            Assert.AreEqual((0L, 0L, true), (zero.HoldSpent, zero.HoldRev, zero.IsRead));
        }
    }

    [TestMethod]
    public void Counters_MemoryThatDoesNotAnswer_AreNotSafe()
    {
        var memory = new RamMemory();
        var counters = new Counters(memory, new byte[2000]);
        Assert.IsTrue(counters.IsSafe);
        memory.IsDead = true;
        counters.Load();
        Assert.IsFalse(counters.IsSafe);
        memory.IsDead = false;
        counters.Store();
        Assert.AreEqual((false, 0L), (counters.IsSafe, memory.Written), "what was not read is not written");
        counters.Load();
        counters.Store();
        Assert.IsTrue(counters.IsSafe);
    }

    private static Counters Loaded(RamMemory memory)
    {
        var counters = new Counters(memory, new byte[2000]);
        counters.Load();
        return counters;
    }
}
