using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

[TestClass]
public sealed class NextStarTests
{
    private static readonly Month December = new(2017, 12);
    private static readonly DriverFacts Rated = new(Histories.Driver, DaysOnShift: 60, PreviousStars: null);

    [TestMethod]
    [DataRow(-1001, "0.01", DisplayName = "989.99")]
    [DataRow(-1100, "1.00", DisplayName = "989.00")]
    [DataRow(-10_000, "90.00", DisplayName = "900.00")]
    public void Next_ThreeStars_MissesThePointsUpToTheThreshold(int hundredths, string missing)
    {
        var next = Next(Rated, Entry(1, hundredths, age: 0))!;

        Assert.AreEqual((4, missing), (next.Stars, next.Missing.ToString()));
    }

    [TestMethod]
    public void Next_AtTheThreshold_IsNothing() => Assert.IsNull(Next(Rated, Entry(1, -1000, age: 0)));

    [TestMethod]
    public void Next_Unrated_IsNothing() => Assert.IsNull(Next(Rated with { DaysOnShift = 59 }, Entry(1, -5000, age: 0)));

    [TestMethod]
    [DataRow(-2000, 6, DisplayName = "half of it is 990.00")]
    [DataRow(-2001, 6, DisplayName = "half of it, rounded up, is still 990.00")]
    [DataRow(-2002, 12, DisplayName = "half of it is 989.99: only when it is gone")]
    public void Next_OneDeduction_ComesWithTheAgeAtWhichItIsLightEnough(int hundredths, int months) =>
        Assert.AreEqual(December.AddMonths(months), Next(Rated, Entry(1, hundredths, age: 0))!.EarnedIn);

    [TestMethod]
    [DataRow(5, 1)]
    [DataRow(4, 2)]
    [DataRow(3, 3)]
    public void Next_DeductionOfSomeAge_ComesSoMuchEarlier(int age, int months) =>
        Assert.AreEqual(December.AddMonths(months), Next(Rated, Entry(1, -1500, age))!.EarnedIn);

    [TestMethod]
    public void Next_LimitOfAnEntry_MissesNoPointsAndComesWhenTheEntryIsGone()
    {
        var next = Next(Rated, Entry(1, -500, age: 2, maxStars: 1))!;

        Assert.AreEqual((2, Points.Zero, December.AddMonths(10)), (next.Stars, next.Missing, next.EarnedIn));
    }

    [TestMethod]
    public void Next_StarsKeptByTheLargestDrop_AreThoseAboveTheKeptOnes()
    {
        var next = Next(Rated with { PreviousStars = 4 }, Entry(1, -30_000, age: 0))!;

        Assert.AreEqual((4, "290.00", December.AddMonths(12)), (next.Stars, next.Missing.ToString(), next.EarnedIn));
    }

    [TestMethod]
    public void Next_RulebookThatLeavesOutANumberOfStars_NamesTheNextItHas()
    {
        var national = Shipped.Rongcheng with { Stars = [new(4, Points.FromWhole(990), null), new(2, Points.FromWhole(700), null), new(0, Points.Zero, null)] };

        Assert.AreEqual(4, NextStar.Of(national, December, Rated, [Entry(1, -5000, age: 0)])!.Stars);
    }

    [TestMethod]
    public void Next_BaseBelowTheStars_NeverComesByWaiting()
    {
        var strict = Shipped.Rongcheng with { Stars = [new(4, Points.FromWhole(1001), null), new(3, Points.Zero, null)] };

        Assert.IsNull(NextStar.Of(strict, December, Rated, [])!.EarnedIn);
    }

    [TestMethod]
    public void Next_CalendarYear_ComesInJanuaryAtTheLatest()
    {
        var yearly = Shipped.Rongcheng with { Window = new(WindowKind.CalendarYear, 12) };

        Assert.AreEqual(new Month(2018, 1), NextStar.Of(yearly, December, Rated, [Entry(1, -5000, age: 0)])!.EarnedIn);
    }

    private static NextStar? Next(DriverFacts facts, params LedgerEntry[] entries) => NextStar.Of(Shipped.Rongcheng, December, facts, entries);

    private static LedgerEntry Entry(long sequence, int hundredths, int age, int? maxStars = null) => Histories.Entry(
        sequence, EntryKind.Decision, "S01", new(hundredths), December.AddMonths(-age).FirstDay.AddDays(14), maxStars, null);
}
