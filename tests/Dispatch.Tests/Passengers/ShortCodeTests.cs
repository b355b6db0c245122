using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Passengers;

[TestClass]
public sealed class ShortCodeTests
{
    [TestMethod]
    public void New_Twice_AreTwelveCharactersThatReadBackAndDiffer()
    {
        var (one, other) = (ShortCode.New(), ShortCode.New());

        Assert.AreEqual(12, one.Length);
        Assert.IsTrue(ShortCode.TryRead(one, out var read));
        Assert.AreEqual(one, read);
        Assert.AreNotEqual(one, other);
    }

    [TestMethod]
    [DataRow("3k7mx2q901da")]
    [DataRow("3K7M-X2Q9-01DA")]
    [DataRow(" 3k7m x2q9 OIda ")]
    [DataRow("3k7mx2q9olda")]
    [DataRow("３Ｋ７Ｍ－Ｘ２Ｑ９－０１ｄａ", DisplayName = "As a Chinese keyboard gives it")]
    public void TryRead_TypedByHand_IsTheSameCode(string typed)
    {
        Assert.IsTrue(ShortCode.TryRead(typed, out var code));
        Assert.AreEqual("3k7mx2q901da", code);
        Assert.AreEqual("3k7m-x2q9-01da", ShortCode.Grouped(code));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("3k7mx2q901d")]
    [DataRow("3k7mx2q901daa")]
    [DataRow("3k7mx2q901du", DisplayName = "There is no U")]
    [DataRow("3k7mx2q901d'")]
    [DataRow("٣k7mx2q901da", DisplayName = "A digit of another script")]
    [DataRow("3-k-7-m-x-2-q-9-0-1-d-a--", DisplayName = "Longer than anybody types")]
    public void TryRead_NoCode_IsRefused(string? typed) => Assert.IsFalse(ShortCode.TryRead(typed, out _));
}
