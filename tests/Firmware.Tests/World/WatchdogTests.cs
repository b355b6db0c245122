using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.World;

/// <summary>A broker that accepts and then stalls the TLS handshake: native code blocks every managed thread until the watchdog ends it.</summary>
[TestClass]
public sealed class WatchdogTests
{
    /// <summary>The external watchdog's window, ms (hardware/README.md).</summary>
    private const long Window = 100000;

    /// <summary>
    /// From the reset to the first instruction of the firmware, ms: boot loader and runtime. Assumed from the platform; to be measured on
    /// the board.
    /// </summary>
    private const long BootMilliseconds = 2000;

    private const long SixHours = 6 * 3600000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Stall_ForSixHours_ResetsBackOffAndTheLightStaysOn()
    {
        var cab = new TestCab();
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Restart().Settle();

        long world = 0;
        long dark = 0;
        long longest = 0;
        int resets = 0;
        int opens = cab.Link.Opens;
        while (world < SixHours)
        {
            long begun = cab.Now;
            RunUntilConnecting(cab, opens, SixHours - world);
            world += cab.Now - begun;
            if (world >= SixHours) break;

            // Nothing runs any more; the light is hardware and stays as it is.
            Assert.AreEqual("11111", cab.Lit);
            world += Window + BootMilliseconds;
            cab.Restart(ResetCause.Unknown);
            Assert.AreEqual("11111", cab.Lit, "the first light needs no tick");
            resets++;
            opens = 0;
            long darkHere = BootMilliseconds;
            dark += darkHere;
            longest = Math.Max(longest, darkHere);
        }

        TestContext.WriteLine($"{resets} resets in six hours; dark {longest} ms at most each, {dark} ms in all");
        Assert.IsLessThanOrEqualTo(3000, longest);
        Assert.IsLessThanOrEqualTo(60000, dark);
        Assert.AreEqual("11111", cab.Lit);
    }

    [TestMethod]
    public void Watchdog_IsFedOncePerBeatWhatEverTheTicks()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Run(2000);
        long before = cab.Platform.Fed;
        cab.Run(10000);
        Assert.AreEqual(10000 / Unit.Beat, cab.Platform.Fed - before, 1.0);
    }

    /// <summary>A loop that spins: ticks without end at which nothing becomes due.</summary>
    [TestMethod]
    public void Watchdog_OfALoopThatSpinsInPlace_IsNotFed()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Run(2000);
        cab.Unit.Tick(cab.Now);
        long before = cab.Platform.Fed;
        for (int i = 0; i < 100000; i++) cab.Unit.Tick(cab.Now);
        Assert.AreEqual(before, cab.Platform.Fed);
    }

    [TestMethod]
    [DataRow(Progress.LongestBusy, true)]
    [DataRow(Progress.LongestBusy + 1, false)]
    public void Watchdog_OfLightsThatAreHeldTooLong_IsNotFed(long busy, bool isFed)
    {
        var progress = new Progress();
        progress.NoteBeat();
        Assert.IsTrue(progress.TryTake(0, false, 0));
        progress.NoteBeat();
        Assert.AreEqual(isFed, progress.TryTake(busy, true, busy));
    }

    [TestMethod]
    public void Watchdog_OfALoopWithoutBeatsOrWithoutTurnsOfTheConverter_IsNotFed()
    {
        var progress = new Progress();
        Assert.IsFalse(progress.TryTake(500, false, 500), "no beat");
        progress.NoteBeat();
        Assert.IsTrue(progress.TryTake(500, false, 500));
        progress.NoteBeat();
        Assert.IsFalse(progress.TryTake(500, false, 1000), "no turn");
        Assert.IsTrue(progress.TryTake(1000, false, 1000));
        Assert.IsFalse(progress.TryTake(1500, false, 1500), "no beat");
    }

    [TestMethod]
    public void Loop_LeftToItself_TicksFarMoreOftenThanTheWindow()
    {
        TestCab cab = new TestCab().Start();
        for (long now = 0; now < 600000;)
        {
            long due = cab.Unit.Tick(now);
            Assert.IsLessThanOrEqualTo(now + Unit.Beat, due);
            now = Math.Max(now + 1, due);
        }
    }

    private static void RunUntilConnecting(TestCab cab, int opens, long max)
    {
        long end = cab.Now + max;
        while (cab.Link.Opens == opens && cab.Now < end) cab.Run(Unit.Beat);
    }
}
