using System.Globalization;
using TaxiCredit.Scoring;

namespace Scoring.Tests;

[TestClass]
public sealed class PointsTests
{
    [TestMethod]
    [DataRow(0, "0.00")]
    [DataRow(1, "0.01")]
    [DataRow(-1, "-0.01")]
    [DataRow(99_001, "990.01")]
    [DataRow(-1250, "-12.50")]
    [DataRow(int.MaxValue, "21474836.47")]
    [DataRow(int.MinValue, "-21474836.48")]
    public void ToString_AnyAmount_HasTwoDecimals(int hundredths, string text) => Assert.AreEqual(text, new Points(hundredths).ToString());

    [TestMethod]
    public void ToString_CultureWithComma_StillHasAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.AreEqual("-12.50", new Points(-1250).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    [DataRow(1, 50, 1, DisplayName = "0.005 counts as 0.01: a merit is rounded up")]
    [DataRow(-1, 50, 0, DisplayName = "-0.005 counts as nothing: a deduction is rounded up")]
    [DataRow(-3, 50, -1)]
    [DataRow(3, 50, 2)]
    [DataRow(-5000, 50, -2500)]
    [DataRow(-100, 1, -1)]
    [DataRow(-101, 99, -99)]
    [DataRow(101, 99, 100)]
    [DataRow(7, 100, 7)]
    [DataRow(-7, 0, 0)]
    [DataRow(int.MaxValue, 100, int.MaxValue)]
    [DataRow(int.MinValue, 100, int.MinValue)]
    public void Percent_NotWholeHundredths_IsRoundedUp(int hundredths, int percent, int expected) =>
        Assert.AreEqual(new Points(expected), new Points(hundredths).Percent(percent));

    [TestMethod]
    public void Percent_Negative_Throws() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Points.Zero.Percent(-1));

    [TestMethod]
    public void Arithmetic_BeyondRange_ThrowsInsteadOfWrapping()
    {
        Assert.ThrowsExactly<OverflowException>(() => new Points(long.MaxValue) + new Points(1));
        Assert.ThrowsExactly<OverflowException>(() => new Points(long.MinValue) - new Points(1));
        Assert.ThrowsExactly<OverflowException>(() => -new Points(long.MinValue));
        Assert.ThrowsExactly<OverflowException>(() => new Points(long.MaxValue).Percent(2));
        Assert.ThrowsExactly<OverflowException>(() => new Points(long.MaxValue).Percent(1));
    }

    [TestMethod]
    [DataRow("990.01", true, 99_001)]
    [DataRow("-0.5", true, -50)]
    [DataRow("1.000", true, 100)]
    [DataRow("0.001", false, 0)]
    [DataRow("21474836.47", true, int.MaxValue)]
    [DataRow("21474836.48", false, 0)]
    [DataRow("-21474836.47", true, -int.MaxValue)]
    [DataRow("-21474836.48", false, 0)]
    public void TryFromDecimal_ThirdDecimalOrOutOfRange_IsRefused(string text, bool accepted, int hundredths)
    {
        Assert.AreEqual(accepted, Points.TryFromDecimal(decimal.Parse(text, CultureInfo.InvariantCulture), out var points));
        Assert.AreEqual(new Points(hundredths), points);
    }

    [TestMethod]
    public void Comparison_NeighbouringHundredths_AreOrdered()
    {
        var (low, high) = (new Points(98_999), new Points(99_000));
        Assert.IsTrue(low < high && low <= high && high > low && high >= low && low.CompareTo(high) < 0);
        Assert.AreEqual((low, high), (Points.Min(high, low), Points.Max(low, high)));
        Assert.AreEqual(990.00m, high.ToDecimal());
    }
}
