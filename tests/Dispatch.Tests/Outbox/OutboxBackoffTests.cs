using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

[TestClass]
public sealed class OutboxBackoffTests
{
    [TestMethod]
    [DataRow(1, 1.0, 5.0)]
    [DataRow(1, 0.0, 2.5)]
    [DataRow(2, 1.0, 10.0)]
    [DataRow(3, 0.5, 15.0)]
    [DataRow(10, 1.0, 2_560.0)]
    [DataRow(11, 1.0, 3_600.0)]
    [DataRow(11, 0.0, 1_800.0)]
    [DataRow(1_000, 1.0, 3_600.0)]
    public void After_FailuresInARow_DoublesUpToAnHourLessHalfAtMost(int failures, double share, double seconds) =>
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), OutboxBackoff.After(failures, share));

    [TestMethod]
    [DataRow(-1.0, 5.0)]
    [DataRow(4.0, 5.0)]
    [DataRow(5.0, 5.0)]
    [DataRow(6.0, 6.0)]
    [DataRow(3_599.0, 3_599.0)]
    [DataRow(3_600.0, 3_600.0)]
    [DataRow(3_601.0, 3_600.0)]
    public void After_RecipientAsksForTime_IsGivenItUpToAnHour(double asked, double seconds) =>
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), OutboxBackoff.After(1, 1, TimeSpan.FromSeconds(asked)));
}
