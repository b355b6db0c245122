using TaxiCredit.Firmware.Logic.Clock;

namespace Firmware.Tests.Device;

[TestClass]
public class DeviceClockTests
{
    private const long Now = 1514822400;
    private const long Day = 86400;

    [TestMethod]
    public void Clock_New_KnowsNothing()
    {
        var clock = new WallClock();
        Assert.IsFalse(clock.IsKnown);
        Assert.AreEqual(0L, clock.Best(5000));
        Assert.AreEqual(0L, clock.Floor(5000));
    }

    [TestMethod]
    public void Clock_WithAFloor_RunsFromItButIsNotKnown()
    {
        var clock = new WallClock();
        clock.Raise(Now, 1000);
        Assert.AreEqual(Now + 2, clock.Best(3999));
        Assert.AreEqual(Now + 3, clock.Best(4000));
        Assert.IsFalse(clock.IsKnown);
        clock.Raise(Now - 1, 4000);
        Assert.AreEqual(Now + 3, clock.Best(4000));
        clock.Raise(Now + 4, 4000);
        Assert.AreEqual(Now + 4, clock.Best(4000));
    }

    [TestMethod]
    public void Clock_OfferedATime_TakesItFromTheFloorOn()
    {
        Assert.IsFalse(Offers(Now - 121));
        Assert.IsTrue(Offers(Now - 120));
        Assert.IsTrue(Offers(Now + (400 * Day)));
        Assert.IsFalse(Offers(Now + (400 * Day) + 1));
        Assert.IsFalse(new WallClock().TryOffer(1499999999, 0, out _));
        Assert.IsTrue(new WallClock().TryOffer(1500000000, 0, out _));
        Assert.IsTrue(new WallClock().TryOffer(4102444800, 0, out _));
        Assert.IsFalse(new WallClock().TryOffer(4102444801, 0, out _));
        Assert.IsFalse(new WallClock().TryOffer(0, 0, out _));
    }

    [TestMethod]
    public void Clock_BehindTheFloor_SaysTheFloor()
    {
        var clock = new WallClock();
        clock.Raise(Now, 0);
        Assert.IsTrue(clock.TryOffer(Now - 100, 0, out long moved));
        Assert.AreEqual(0L, moved);
        Assert.IsTrue(clock.IsKnown);
        Assert.AreEqual(Now, clock.Best(0));
        Assert.IsTrue(clock.TryOffer(Now + 50, 0, out moved));
        Assert.AreEqual(50L, moved);
    }

    [TestMethod]
    public void Clock_LiedToBeforeItHadAFloor_FindsOut()
    {
        var clock = new WallClock();
        Assert.IsTrue(clock.TryOffer(Now + (500 * Day), 0, out _));
        clock.Raise(Now, 0);
        Assert.IsFalse(clock.IsKnown);
        Assert.AreEqual(Now, clock.Best(0));
    }

    private static bool Offers(long seconds)
    {
        var clock = new WallClock();
        clock.Raise(Now, 0);
        return clock.TryOffer(seconds, 0, out _);
    }
}
