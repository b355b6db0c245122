using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class SelfTestTests
{
    [TestMethod]
    [DataRow(0, 1, 250)]
    [DataRow(249, 1, 250)]
    [DataRow(250, 2, 500)]
    [DataRow(1249, 16, 1250)]
    public void SelfTest_InEveryStep_LightsItsChannelUntilTheNext(int after, int channel, int due)
    {
        var test = new SelfTest();
        test.Begin(10000);
        Assert.AreEqual(channel, test.Advance(10000 + after));
        Assert.IsTrue(test.IsRunning);
        Assert.AreEqual(10000 + due, test.Due(10000 + after));
    }

    [TestMethod]
    public void SelfTest_AfterTheLastStep_IsOver()
    {
        var test = new SelfTest();
        test.Begin(10000);
        test.Advance(11250);
        Assert.IsFalse(test.IsRunning);
    }
}
