using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

[TestClass]
public sealed class TotpTests
{
    /// <summary>"12345678901234567890" of RFC 6238, appendix B.</summary>
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [TestMethod]
    [DataRow(59, "287082")]
    [DataRow(1111111109, "081804")]
    [DataRow(1111111111, "050471")]
    [DataRow(1234567890, "005924")]
    [DataRow(2000000000, "279037")]
    [DataRow(20000000000, "353130")]
    public void Code_OfTheStandardsExamples_IsTaken(long seconds, string code) =>
        Assert.AreEqual(seconds / 30, Totp.StepOf(code, Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [TestMethod]
    [DataRow(-31, false)]
    [DataRow(-30, true)]
    [DataRow(0, true)]
    [DataRow(59, true)]
    [DataRow(60, false)]
    public void Code_OfAStepBesideThePresentOne_IsTakenAndTellsItsOwn(int secondsAfterItsBegin, bool isTaken) =>
        Assert.AreEqual(
            isTaken ? 37037036L : (long?)null,
            Totp.StepOf("081804", Key, DateTimeOffset.FromUnixTimeSeconds(37037036L * 30 + secondsAfterItsBegin)));

    [TestMethod]
    [DataRow("")]
    [DataRow("81804")]
    [DataRow("0081804")]
    [DataRow("０８１８０４")]
    public void Code_OfAnotherForm_IsNone(string code) => Assert.IsNull(Totp.StepOf(code, Key, DateTimeOffset.FromUnixTimeSeconds(1111111109)));
}
