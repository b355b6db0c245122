using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class BackoffTests
{
    private const int LastCap = 300000;

    private static readonly int[] Caps = [1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000, 300000];

    [TestMethod]
    public void Backoff_AfterFailures_StaysUnderACapThatDoubles()
    {
        foreach (uint chance in new uint[] { 0, 1, 999, 1000, 123456789, uint.MaxValue })
        {
            var backoff = new Backoff(new Dice(chance), LastCap);
            foreach (int cap in Caps) Assert.AreEqual((int)(chance % (uint)(cap + 1)), backoff.NextAfterFailure());
        }
    }

    [TestMethod]
    public void Backoff_AfterReset_BeginsAgain()
    {
        var backoff = new Backoff(new Dice(1000), LastCap);
        for (int i = 0; i < 5; i++) backoff.NextAfterFailure();
        backoff.Reset();
        Assert.AreEqual(1000, backoff.NextAfterFailure());
    }

    [TestMethod]
    public void Backoff_FullJitter_CoversTheWholeRange()
    {
        var backoff = new Backoff(new Dice(0) { Random = new Random(5) }, 1000);
        int[] waits = [.. Enumerable.Range(0, 2000).Select(_ => backoff.NextAfterFailure())];
        Assert.IsLessThan(20, waits.Min());
        Assert.IsGreaterThan(980, waits.Max());
        Assert.AreEqual(500, waits.Average(), 25);
    }

    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(1, 30000, 60000)]
    [DataRow(2, 60000, 120000)]
    [DataRow(3, 120000, 240000)]
    [DataRow(7, 1920000, 3840000)]
    [DataRow(8, 3600000, 7200000)]
    [DataRow(9, 3600000, 7200000)]
    [DataRow(60000, 3600000, 7200000)]
    public void Backoff_AfterStalls_WaitsAtLeastHalfTheCap(int stalls, int min, int max)
    {
        foreach (uint chance in new uint[] { 0, 77777777, uint.MaxValue })
        {
            int wait = new Backoff(new Dice(chance), LastCap).AfterStalls(stalls);
            Assert.IsTrue(wait >= min && wait <= max, $"{wait}");
        }
    }

    [TestMethod]
    [DataRow(30000u, 60000)]
    [DataRow(30001u, 30000)]
    public void Backoff_AfterAStall_ReachesTheCapAndNotBeyond(uint chance, int wait) =>
        Assert.AreEqual(wait, new Backoff(new Dice(chance), LastCap).AfterStalls(1));

    private sealed class Dice(uint chance) : IPlatform
    {
        public Random? Random { get; init; }

        public int ResetCause => TaxiCredit.Firmware.Logic.Ports.ResetCause.Unknown;

        public uint BoardId => 1;

        public void Sleep() => throw new NotSupportedException();

        public int FreeBytes() => 0;

        public int BusFreed => 0;

        public int Rssi() => 0;

        public void Reboot()
        {
        }

        public void FeedWatchdog()
        {
        }

        void IPlatform.Random(byte[] into)
        {
            if (Random != null) Random.NextBytes(into);
            else Bytes.PutUInt32(into, 0, chance);
        }
    }
}
