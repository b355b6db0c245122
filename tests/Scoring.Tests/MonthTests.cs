using TaxiCredit.Scoring;

namespace Scoring.Tests;

[TestClass]
public sealed class MonthTests
{
    [TestMethod]
    [DataRow("2017-12", 2017, 12)]
    [DataRow("0001-01", 1, 1)]
    [DataRow("9999-12", 9999, 12)]
    public void Parse_WellFormed_IsReadAndWrittenTheSame(string text, int year, int number)
    {
        Assert.AreEqual(new Month(year, number), Month.Parse(text));
        Assert.AreEqual(text, Month.Parse(text).ToString());
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("2017-00")]
    [DataRow("2017-13")]
    [DataRow("0000-01")]
    [DataRow("2017-1")]
    [DataRow("17-12")]
    [DataRow("2017-12-01")]
    [DataRow(" 2017-12")]
    [DataRow("2017/12")]
    [DataRow("２０１７-12")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.IsFalse(Month.TryParse(text, out _));

    [TestMethod]
    public void Parse_AnythingElse_Throws() => Assert.ThrowsExactly<FormatException>(() => Month.Parse("December"));

    [TestMethod]
    [DataRow(2017, 0)]
    [DataRow(2017, 13)]
    [DataRow(0, 1)]
    [DataRow(10000, 1)]
    public void Constructor_NoSuchMonth_Throws(int year, int number) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Month(year, number));

    [TestMethod]
    [DataRow("2017-12", 1, "2018-01")]
    [DataRow("2018-01", -1, "2017-12")]
    [DataRow("2017-12", -11, "2017-01")]
    [DataRow("2017-12", -12, "2016-12")]
    [DataRow("2017-12", 25, "2020-01")]
    public void AddMonths_OverYearEnds_CountsAndCountsBack(string start, int months, string expected)
    {
        var (from, to) = (Month.Parse(start), Month.Parse(expected));
        Assert.AreEqual(to, from.AddMonths(months));
        Assert.AreEqual(months, to.MonthsSince(from));
    }

    [TestMethod]
    public void AddMonths_BeyondTheCalendar_Throws()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Month(9999, 12).Next);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Month(1, 1).Previous);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Month(2017, 1).AddMonths(int.MinValue));
    }

    [TestMethod]
    public void Days_LeapFebruary_AreItsFirstAndLast()
    {
        var february = Month.Of(new DateOnly(2016, 2, 29));
        Assert.AreEqual((new DateOnly(2016, 2, 1), new DateOnly(2016, 2, 29)), (february.FirstDay, february.LastDay));
        Assert.AreEqual((new Month(2016, 1), new Month(2016, 3)), (february.Previous, february.Next));
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 1)]
    [DataRow(4, 2)]
    [DataRow(12, 4)]
    public void Quarter_OfMonth_IsTheCalendarQuarter(int number, int quarter) => Assert.AreEqual(quarter, new Month(2017, number).Quarter);

    [TestMethod]
    public void Comparison_OverYearEnd_IsByTime()
    {
        var (december, january) = (new Month(2016, 12), new Month(2017, 1));
        Assert.IsTrue(december < january && december <= january && january > december && january >= december && december.CompareTo(january) < 0);
    }
}
