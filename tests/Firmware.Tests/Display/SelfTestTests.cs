using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class SelfTestTests
{
    /// <summary>Armed and dark first, then each channel alone for a quarter of a second.</summary>
    [TestMethod]
    [DataRow(0, 31, 0)]
    [DataRow(249, 31, 0)]
    [DataRow(250, 1, 300)]
    [DataRow(499, 1, 300)]
    [DataRow(500, 2, 300)]
    [DataRow(750, 4, 300)]
    [DataRow(1000, 8, 300)]
    [DataRow(1250, 16, 300)]
    [DataRow(1499, 16, 300)]
    public void Test_AtATime_LightsOneChannel(long since, int lit, int permille)
    {
        var test = new SelfTest();
        test.Begin(false, 300, 5000);
        Assert.IsTrue(test.Advance(5000 + since));
        Assert.AreEqual((lit, permille), (test.Lit, test.Permille));
    }

    [TestMethod]
    public void Test_AfterItsLastStep_IsOver()
    {
        var test = new SelfTest();
        test.Begin(false, 300, 0);
        Assert.IsFalse(test.Advance(1500));
        Assert.IsFalse(test.IsRunning);
    }

    [TestMethod]
    [DataRow(20, 100)]
    [DataRow(99, 100)]
    [DataRow(100, 100)]
    [DataRow(101, 101)]
    public void Test_AtNight_IsBrightEnoughForTheFaultLines(int permille, int duty)
    {
        var test = new SelfTest();
        test.Begin(false, permille, 0);
        Assert.AreEqual(duty, test.Duty);
    }

    [TestMethod]
    [DataRow(0, 1, 1000)]
    [DataRow(400, 1, 20)]
    [DataRow(800, 2, 1000)]
    [DataRow(3999, 16, 20)]
    public void Calibration_AtATime_LightsOneChannelAtOneOfTwoDuties(long since, int lit, int permille)
    {
        var test = new SelfTest();
        test.Begin(true, 300, 0);
        Assert.IsTrue(test.Advance(since));
        Assert.AreEqual((lit, permille), (test.Lit, test.Permille));
        Assert.IsFalse(test.Advance(4000));
    }

    [TestMethod]
    public void Readings_OfAStep_AreAveragedAndOfAllMakeItComplete()
    {
        var test = new SelfTest();
        test.Begin(false, 300, 0);
        for (int step = 0; step < 6; step++)
        {
            Assert.IsFalse(test.IsComplete);
            test.Advance(step * 250);
            test.Take(step * 100, 1 << step);
            test.Take((step * 100) + 10, 0);
        }

        Assert.IsTrue(test.IsComplete);
        Assert.AreEqual((305, 8), (test.Mean(3), test.Lines(3)));
        Assert.IsTrue(test.Has(5));
        test.Begin(false, 300, 0);
        Assert.IsFalse(test.IsComplete || test.Has(3), "nothing is left of the test before");
        Assert.AreEqual(0, test.Lines(3));
    }

    [TestMethod]
    public void Due_IsTheNextStep()
    {
        var test = new SelfTest();
        test.Begin(false, 300, 10);
        Assert.AreEqual(260, test.Due(10));
        Assert.AreEqual(260, test.Due(259));
        Assert.AreEqual(510, test.Due(260));
    }
}
