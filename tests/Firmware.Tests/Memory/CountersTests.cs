using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Memory;

[TestClass]
public sealed class CountersTests
{
    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void Counters_Stored_AreReadAgainToTheLast(bool isEpochConfirmed, bool isConnecting)
    {
        var memory = new RamMemory();
        Counters counters = Loaded(memory);
        counters.Boot = 4000000001;
        counters.Acknowledged = 4000000002;
        counters.CmdRev = 4102444800;
        counters.TimeFloor = 4102444799;
        counters.Epoch = 65535;
        counters.IsEpochConfirmed = isEpochConfirmed;
        counters.Stalls = 300;
        counters.IsConnecting = isConnecting;
        counters.Ending = ResetCause.BrownOut;
        counters.Store();
        Assert.IsTrue(counters.IsSafe);

        Counters again = Loaded(memory);
        Assert.AreEqual((4000000001u, 4000000002u), (again.Boot, again.Acknowledged));
        Assert.AreEqual((4102444800, 4102444799, 65535), (again.CmdRev, again.TimeFloor, again.Epoch));
        Assert.AreEqual((isEpochConfirmed, 300, isConnecting, ResetCause.BrownOut), (again.IsEpochConfirmed, again.Stalls, again.IsConnecting, again.Ending));
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
            IsEpochConfirmed = true,
            Stalls = 1,
            IsConnecting = true,
            Ending = ResetCause.Power,
        };
        counters.Clear();
        foreach (Counters zero in new[] { counters, Loaded(memory) })
        {
            Assert.AreEqual((0u, 0u, 0L, 0L, 0), (zero.Boot, zero.Acknowledged, zero.CmdRev, zero.TimeFloor, zero.Epoch));
            Assert.AreEqual((false, 0, false, ResetCause.Unknown), (zero.IsEpochConfirmed, zero.Stalls, zero.IsConnecting, zero.Ending));
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
        Assert.IsTrue(counters.IsSafe);
    }

    private static Counters Loaded(RamMemory memory)
    {
        var counters = new Counters(memory, new byte[2000]);
        counters.Load();
        return counters;
    }
}
