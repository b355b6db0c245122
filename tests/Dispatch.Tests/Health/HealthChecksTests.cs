using TaxiCredit.Dispatch.Features.Health;

namespace Dispatch.Tests.Health;

/// <summary>Each limit of what is looked at.</summary>
[TestClass]
public sealed class HealthChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow(104_857_599L, "Failed")]
    [DataRow(104_857_600L, "Warning")]
    [DataRow(104_857_601L, "Warning")]
    [DataRow(1_073_741_823L, "Warning")]
    [DataRow(1_073_741_824L, "Ok")]
    [DataRow(1_073_741_825L, "Ok")]
    public void Disk_BytesFree_IsJudged(long free, string state) => Assert.AreEqual(state, $"{HealthChecks.Disk(free).State}");

    [TestMethod]
    [DataRow(-1, "Failed")]
    [DataRow(0, "Failed")]
    [DataRow(1, "Warning")]
    [DataRow(2_591_999, "Warning")]
    [DataRow(2_592_000, "Ok")]
    [DataRow(2_592_001, "Ok")]
    public void Certificate_SecondsLeft_IsJudged(int seconds, string state) =>
        Assert.AreEqual(state, $"{HealthChecks.Validity(Now.AddSeconds(seconds), Now).State}");

    /// <summary>The first of two authorities may end; the last may not.</summary>
    [TestMethod]
    [DataRow(31, 31, "Ok")]
    [DataRow(29, 31, "Warning")]
    [DataRow(0, 31, "Warning")]
    [DataRow(0, 0, "Failed")]
    public void Authorities_DaysLeft_AreJudgedTogether(int first, int last, string state) =>
        Assert.AreEqual(state, $"{HealthChecks.Authorities([Now.AddDays(last), Now.AddDays(first)], Now).State}");

    [TestMethod]
    [DataRow(31, null, 31, "Ok")]
    [DataRow(31, "the files are half-written.", 31, "Warning")]
    [DataRow(31, null, 29, "Warning")]
    [DataRow(29, null, 31, "Warning")]
    [DataRow(0, "has expired.", 31, "Failed")]
    public void Served_CertificateWithItsFiles_IsJudged(int days, string? fault, int authority, string state)
    {
        var found = HealthChecks.Served(Now.AddDays(days), fault, [Now.AddDays(authority)], Now);

        Assert.AreEqual(state, $"{found.State}");
        Assert.Contains(fault ?? "", found.Detail);
    }

    [TestMethod]
    [DataRow(0, 3_599, "Ok")]
    [DataRow(0, 3_600, "Ok")]
    [DataRow(0, 3_601, "Warning")]
    [DataRow(1, 0, "Failed")]
    public void Outbox_SecondsWaited_IsJudged(int failed, int seconds, string state) =>
        Assert.AreEqual(state, $"{HealthChecks.Outbox(failed, Now.AddSeconds(-seconds), Now).State}");

    [TestMethod]
    [DataRow(172_799, "Ok")]
    [DataRow(172_800, "Ok")]
    [DataRow(172_801, "Warning")]
    public void Checkpoint_SecondsOld_IsJudged(int seconds, string state) =>
        Assert.AreEqual(state, $"{HealthChecks.Checkpoint(Now.AddSeconds(-seconds), Now).State}");

    [TestMethod]
    public void Nothing_YetThere_IsInOrder()
    {
        Assert.AreEqual(HealthState.Ok, HealthChecks.Checkpoint(null, Now).State);
        Assert.AreEqual(HealthState.Ok, HealthChecks.Outbox(0, null, Now).State);
        Assert.AreEqual((HealthState.Ok, HealthState.Failed), (HealthChecks.Keys([]).State, HealthChecks.Keys(["disp-0001"]).State));
    }
}
