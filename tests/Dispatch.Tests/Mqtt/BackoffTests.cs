using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class BackoffTests
{
    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 2)]
    [DataRow(4, 16)]
    [DataRow(5, 30)]
    [DataRow(1_000_000, 30)]
    public void After_Failures_IsAtMostDoubleEachTime(int failures, int seconds)
    {
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), Backoff.After(failures, 1));
        Assert.AreEqual(TimeSpan.FromSeconds(seconds) / 2, Backoff.After(failures, 0.5));
        Assert.AreEqual(TimeSpan.Zero, Backoff.After(failures, 0));
    }
}
