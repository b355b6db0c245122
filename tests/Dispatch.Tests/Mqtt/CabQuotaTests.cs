using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class CabQuotaTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [TestMethod]
    public void Quota_Burst_AdmitsOneHundred()
    {
        var quota = new CabQuota();

        Assert.AreEqual(100, Admitted(quota, "disp-0001", 101, Now));
    }

    [TestMethod]
    [DataRow(49, 0)]
    [DataRow(50, 1)]
    [DataRow(51, 1)]
    [DataRow(1_000, 20)]
    [DataRow(60_000, 100)]
    public void Quota_AfterTheBurst_AdmitsTwentyASecond(int milliseconds, int admitted)
    {
        var quota = new CabQuota();
        Admitted(quota, "disp-0001", 100, Now);

        Assert.AreEqual(admitted, Admitted(quota, "disp-0001", 200, Now.AddMilliseconds(milliseconds)));
    }

    [TestMethod]
    public void Quota_FloodOfOne_LeavesTheOthersTheirs()
    {
        var quota = new CabQuota();
        Admitted(quota, "disp-0001", 10_000, Now);

        Assert.AreEqual(100, Admitted(quota, "disp-0002", 101, Now));
    }

    [TestMethod]
    public void Quota_ClockSetBack_RefillsNothing()
    {
        var quota = new CabQuota();
        Admitted(quota, "disp-0001", 100, Now);

        Assert.AreEqual(0, Admitted(quota, "disp-0001", 10, Now.AddHours(-1)));
        Assert.AreEqual(20, Admitted(quota, "disp-0001", 30, Now.AddSeconds(1)));
    }

    private static int Admitted(CabQuota quota, string display, int sent, DateTimeOffset at) =>
        Enumerable.Range(0, sent).Count(_ => quota.TryTake(display, at));
}
