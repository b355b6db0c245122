using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Units;

/// <summary>What a failing supply has to pay for, in bytes on the bus: 40 ms are left, and a tick of the runtime may be spent before the loop runs.</summary>
[TestClass]
public sealed class PowerFailTests
{
    /// <summary>Nine bits a byte at 400 kHz, in µs.</summary>
    private const double MicrosecondsPerByte = 22.5;

    /// <summary>What the runtime adds to a transfer, µs: assumed, to be measured on a board.</summary>
    private const double MicrosecondsPerTransfer = 300;

    private const double RuntimeTick = 10000;
    private const double Left = 40000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void PowerFail_Store_IsDoneInHalfOfWhatIsLeft()
    {
        (Counted memory, TestCab cab) = Running();
        cab.Sensors.IsPowerFailing = true;
        memory.Begin();
        cab.Unit.Tick(cab.Now);
        TestContext.WriteLine($"{memory.Bytes} bytes in {memory.Transfers} transfers, {memory.Microseconds / 1000:F1} ms");
        Assert.IsLessThan(Left / 2, RuntimeTick + memory.Microseconds);
        Assert.AreEqual((IncidentKind.PowerFail, (byte)ResetCause.Power), (cab.Journalled[^1].Kind, (byte)cab.Unit.Counters.Ending));
    }

    /// <summary>The supply fails just after a tick has begun, the longest one that there is: a new rating, a beat and the minute's store in one.</summary>
    [TestMethod]
    public void PowerFail_BehindTheLongestTick_IsStoredInTime()
    {
        (Counted memory, TestCab cab) = Running();
        cab.Run(Unit.StoreTimeEvery - 100);
        cab.Link.Deliver(Message.RatingTopic, Message.Rated(2, TestCab.Epoch + 50));
        cab.Link.Deliver(Message.ConfigTopic, Message.Config(TestCab.Epoch + 50, 77));
        memory.Begin();
        cab.Unit.Tick(cab.Now + 200);
        double longest = memory.Microseconds;
        cab.Sensors.IsPowerFailing = true;
        memory.Begin();
        cab.Unit.Tick(cab.Now + 201);
        TestContext.WriteLine($"the longest tick {longest / 1000:F1} ms, the store {memory.Microseconds / 1000:F1} ms");
        Assert.IsLessThan(Left, longest + memory.Microseconds, "a loop that is awake waits for no tick of the runtime");
    }

    private static (Counted, TestCab) Running()
    {
        var cab = new TestCab { Platform = { ResetCause = ResetCause.Power }, Link = { IsBrokerUp = true } };
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Run(5000);
        return (new Counted(cab.Memory), cab);
    }

    /// <summary>Two address bytes and the part's own belong to each transfer; a read has that twice.</summary>
    private sealed class Counted(RamMemory memory)
    {
        private long _written;
        private int _writes;
        private int _reads;
        private long _readBytes;

        public long Bytes => memory.Written - _written + memory.ReadBytes - _readBytes;

        public int Transfers => memory.Writes - _writes + memory.Reads - _reads;

        public double Microseconds => ((Bytes + (4.0 * Transfers)) * MicrosecondsPerByte) + (Transfers * MicrosecondsPerTransfer);

        public void Begin() => (_written, _writes, _reads, _readBytes) = (memory.Written, memory.Writes, memory.Reads, memory.ReadBytes);
    }
}
