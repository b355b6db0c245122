using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.World;

/// <summary>From power-up to the light: which ports are called, and how often.</summary>
[TestClass]
public sealed class FirstLightTests
{
    private static readonly string[] Expected =
    [
        "memory.read identity A", "memory.read identity B",
        "memory.read counters A", "memory.read counters B",
        "memory.read rating A", "memory.read rating B",
        "converter.next",
        "lights.show 31",
    ];

    [TestMethod]
    public void FirstLight_WithAStoredRating_NeedsTheseCallsAndNoOther()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));

        var calls = new CallList(new RamMemory(cab.Memory.Image));
        new Unit(new Board(calls, calls, calls, calls, calls, calls, calls)).Start(0);

        int light = calls.Calls.FindIndex(call => call.StartsWith("lights.show", StringComparison.Ordinal));
        string[] before = [.. calls.Calls.Take(light + 1)];
        Assert.IsLessThanOrEqualTo(12, before.Length);
        CollectionAssert.AreEqual(Expected, before);
    }

    /// <summary>Every port, with a list of what was called.</summary>
    private sealed class CallList(RamMemory memory) : IMemory, ILights, IConverter, ISensors, ITimeSource, IPlatform, ILink
    {
        private static readonly (int Address, string Name)[] Slots =
        [
            (TaxiCredit.Firmware.Logic.Memory.MemoryMap.Config, "config"), (TaxiCredit.Firmware.Logic.Memory.MemoryMap.Rating, "rating"),
            (TaxiCredit.Firmware.Logic.Memory.MemoryMap.Counters, "counters"), (TaxiCredit.Firmware.Logic.Memory.MemoryMap.Identity, "identity"),
        ];

        public List<string> Calls { get; } = [];

        public int Size => memory.Size;

        public LinkInbox Inbox => Called("link.inbox", new LinkInbox());

        public int ResetCause => Called("platform.cause", TaxiCredit.Firmware.Logic.Ports.ResetCause.Power);

        public bool Read(int address, byte[] into, int count)
        {
            (int start, string name) = Slots.First(slot => address >= slot.Address);
            Calls.Add($"memory.read {name} {(address == start ? 'A' : 'B')}");
            return memory.Read(address, into, count);
        }

        public bool Write(int address, byte[] from, int count) => Called("memory.write", memory.Write(address, from, count));

        public void Show(int channels, int permille) => Calls.Add($"lights.show {channels}");

        public int FaultLines() => Called("lights.faults", 0);

        public bool TryNext(int next, out int code)
        {
            code = 32767;
            return Called("converter.next", true);
        }

        public void Status(bool lit) => Calls.Add("lights.status");

        public bool TryBoardCelsius(out int celsius)
        {
            celsius = 20;
            return Called("sensors.celsius", true);
        }

        public bool TamperOpen() => Called("sensors.tamper", false);

        public bool Ignition() => Called("sensors.ignition", true);

        public bool TakePress() => Called("sensors.press", false);

        public bool PowerFailing() => Called("sensors.powerfail", false);

        public long ReadRtc() => Called("time.rtc", 0L);

        public void WriteRtc(long unixSeconds) => Calls.Add("time.write");

        public long TakeNetworkTime() => Called("time.network", 0L);

        public void SetSystemTime(long unixSeconds) => Calls.Add("time.system");

        public void UseServers(string first, string second) => Calls.Add("time.servers");

        public uint BoardId => Called("platform.board", 1u);

        public void Sleep() => Calls.Add("platform.sleep");

        public int FreeBytes() => Called("platform.free", 0);

        public bool IsAlive => Called("link.alive", true);

        public int BusFreed => Called("platform.bus", 0);

        public int Rssi() => Called("platform.rssi", 0);

        public void Reboot() => Calls.Add("platform.reboot");

        public void FeedWatchdog() => Calls.Add("platform.feed");

        public void Random(byte[] into) => Calls.Add("platform.random");

        public void Open(int attempt, string password) => Calls.Add("link.open");

        public void Close() => Calls.Add("link.close");

        public void Subscribe(string[] topics) => Calls.Add("link.subscribe");

        public void Publish(int id, string topic, byte[] payload, bool retain) => Calls.Add("link.publish");

        private T Called<T>(string call, T answer)
        {
            Calls.Add(call);
            return answer;
        }
    }
}
