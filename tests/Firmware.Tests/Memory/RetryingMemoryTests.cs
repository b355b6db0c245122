using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Memory;

[TestClass]
public sealed class RetryingMemoryTests
{
    private readonly RamMemory _ram = new();
    private readonly byte[] _bytes = new byte[4];
    private readonly RetryingMemory _memory;

    public RetryingMemoryTests()
    {
        _memory = new RetryingMemory(_ram);
    }

    [TestMethod]
    [DataRow(0, 1, true)]
    [DataRow(1, 2, true)]
    [DataRow(2, 3, true)]
    [DataRow(3, 3, false)]
    [DataRow(9, 3, false)]
    public void Read_MissedSomeTimes_IsTriedThreeTimes(int missed, int tried, bool answers)
    {
        _ram.MissesRead = read => read <= missed;
        Assert.AreEqual((answers, tried, !answers), (_memory.Read(0, _bytes, 4), _ram.Reads, _memory.IsDown));
    }

    /// <summary>A stuck bus takes a second for each transfer, and a start has more than a hundred: the watchdog would end it.</summary>
    [TestMethod]
    public void Memory_Down_IsLeftAloneUntilItIsLookedAt()
    {
        _ram.IsDead = true;
        _memory.Read(0, _bytes, 4);
        for (int i = 0; i < 100; i++) Assert.IsFalse(_memory.Read(0, _bytes, 4) || _memory.Write(0, _bytes, 4));
        Assert.AreEqual(3, _ram.Reads);
        Assert.IsFalse(_memory.TryRecover());
        _ram.IsDead = false;
        Assert.IsFalse(_memory.Read(0, _bytes, 4));
        Assert.IsTrue(_memory.TryRecover());
        Assert.AreEqual((true, false, 5), (_memory.Write(0, _bytes, 4), _memory.IsDown, _ram.Reads));
    }

    [TestMethod]
    [DataRow(2, true)]
    [DataRow(3, false)]
    public void Write_MissedSomeTimes_IsTriedThreeTimes(int missed, bool isWritten)
    {
        var stubborn = new Stubborn(missed);
        var memory = new RetryingMemory(stubborn);
        Assert.AreEqual((isWritten, Math.Min(3, missed + 1)), (memory.Write(0, _bytes, 4), stubborn.Writes));
        Assert.IsFalse(memory.IsDown, "it answers, and can still be read");
    }

    [TestMethod]
    public void Size_IsTheMemorys() => Assert.AreEqual(8192, _memory.Size);

    /// <summary>Refuses the first writes.</summary>
    private sealed class Stubborn(int refused) : IMemory
    {
        public int Size => 8;

        public int Writes { get; private set; }

        public bool Read(int address, byte[] into, int count) => true;

        public bool Write(int address, byte[] from, int count) => ++Writes > refused;
    }
}
