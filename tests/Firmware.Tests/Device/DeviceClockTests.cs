using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Wire;

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
        Assert.IsFalse(new WallClock().TryOffer(1499999999, ClockSource.Chip, 0, out _));
        Assert.IsTrue(new WallClock().TryOffer(1500000000, ClockSource.Chip, 0, out _));
        Assert.IsTrue(new WallClock().TryOffer(4102444800, ClockSource.Chip, 0, out _));
        Assert.IsFalse(new WallClock().TryOffer(4102444801, ClockSource.Chip, 0, out _));
        Assert.IsFalse(new WallClock().TryOffer(0, ClockSource.Chip, 0, out _));
    }

    [TestMethod]
    public void Clock_BehindTheFloor_SaysTheFloor()
    {
        var clock = new WallClock();
        clock.Raise(Now, 0);
        Assert.IsTrue(clock.TryOffer(Now - 100, ClockSource.Chip, 0, out long moved));
        Assert.AreEqual(0L, moved);
        Assert.IsTrue(clock.IsKnown);
        Assert.AreEqual(Now, clock.Best(0));
        Assert.IsTrue(clock.TryOffer(Now + 50, ClockSource.Chip, 0, out moved));
        Assert.AreEqual(50L, moved);
    }

    [TestMethod]
    public void Clock_LiedToBeforeItHadAFloor_FindsOut()
    {
        var clock = new WallClock();
        Assert.IsTrue(clock.TryOffer(Now + (500 * Day), ClockSource.Chip, 0, out _));
        clock.Raise(Now, 0);
        Assert.IsFalse(clock.IsKnown);
        Assert.AreEqual(Now, clock.Best(0));
    }

    [TestMethod]
    public void Clock_AnsweredByTheServer_MovesBackAsWellAsForward()
    {
        var clock = new WallClock();
        Assert.IsFalse(clock.TryTakeCorrection(out long moved));
        clock.Raise(Now + (60 * Day), 0);
        clock.TryOffer(Now + (61 * Day), ClockSource.Chip, 0, out _);
        clock.Set(Now, 1000);
        Assert.IsTrue(clock.TryTakeCorrection(out moved));
        Assert.AreEqual((-61 * Day) - 1, moved);
        Assert.IsFalse(clock.TryTakeCorrection(out moved));
        Assert.AreEqual(Now, clock.Best(1999));
        Assert.AreEqual(Now + 1, clock.Floor(2000));
        Assert.AreEqual(ClockSource.Server, clock.Source);
    }

    [TestMethod]
    public void Clock_AnsweredByTheServer_TakesNoOther()
    {
        var clock = new WallClock();
        clock.Set(Now, 0);
        Assert.IsFalse(clock.TryOffer(Now + 1, ClockSource.Network, 0, out _));
        Assert.IsFalse(clock.TryOffer(Now + 1, ClockSource.Chip, 0, out _));
        Assert.IsTrue(clock.IsPossible(Now + Day, 0));
        Assert.IsFalse(clock.IsPossible(Now + Day + 1, 0));
        Assert.IsTrue(clock.IsPossible(Now + Day + 1, 1000));
    }

    [TestMethod]
    public void Clock_OfEachSource_SaysSo()
    {
        var clock = new WallClock();
        Assert.AreEqual("none", ClockSource.NameOf(clock.Source));
        clock.Raise(Now, 0);
        Assert.AreEqual("floor", ClockSource.NameOf(clock.Source));
        Assert.IsTrue(clock.IsPossible(Now + (1000 * Day), 0));
        clock.TryOffer(Now, ClockSource.Network, 0, out _);
        Assert.AreEqual("network", ClockSource.NameOf(clock.Source));
        Assert.IsTrue(clock.TryOffer(Now + 1, ClockSource.Network, 0, out _));
        clock.TryOffer(Now, ClockSource.Chip, 0, out _);
        Assert.AreEqual("chip", ClockSource.NameOf(clock.Source));
        Assert.IsFalse(clock.TryOffer(Now + 9, ClockSource.Network, 0, out _));
        clock.Set(Now, 0);
        Assert.AreEqual("server", ClockSource.NameOf(clock.Source));
    }

    [TestMethod]
    public void Question_Answered_IsOver()
    {
        var keys = new Keyring();
        byte[] root = new byte[32];
        keys.Set(root, 1, true);
        var question = new TimeQuestion(keys);
        Assert.IsFalse(question.TryAnswer("", 0));
        string first = question.Ask("00112233445566aa", 1, 1000);
        Assert.AreEqual(16, first.Length);
        Assert.AreEqual(first, question.Ask("00112233445566aa", 1, 11000));
        Assert.IsFalse(question.TryAnswer("0000000000000000", 11000));
        Assert.IsTrue(question.TryAnswer(first, 61000));
        Assert.IsFalse(question.TryAnswer(first, 61000));
        string second = question.Ask("00112233445566aa", 1, 61000);
        Assert.IsFalse(first == second);
        Assert.IsFalse(question.TryAnswer(second, 121001));
        Assert.IsFalse(second == question.Ask("00112233445566aa", 1, 71001));

        // Another start, another memory: never the same question again.
        Assert.IsFalse(first == new TimeQuestion(keys).Ask("00112233445566aa", 2, 0));
        Assert.IsFalse(first == new TimeQuestion(keys).Ask("00112233445566ab", 1, 0));
    }

    private static bool Offers(long seconds)
    {
        var clock = new WallClock();
        clock.Raise(Now, 0);
        return clock.TryOffer(seconds, ClockSource.Chip, 0, out _);
    }
}
