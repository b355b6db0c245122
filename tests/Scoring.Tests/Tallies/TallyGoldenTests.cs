using System.Globalization;
using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

/// <summary>Cases worked out by hand, rule by rule of docs/adr/0002-scoring-rules.md.</summary>
[TestClass]
public sealed class TallyGoldenTests
{
    [TestMethod]
    public void Tally_EmptyFile_IsTheBaseWithFourStars()
    {
        var tally = new CreditFile().Tally();
        AssertTally(tally, "1000.00", 4);
        CollectionAssert.AreEqual(new[] { Reasons.Opening, Reasons.Stars }, ReasonsOf(tally));
    }

    [TestMethod]
    [DataRow(-1001, "989.99", 3)]
    [DataRow(-1000, "990.00", 4)]
    [DataRow(-999, "990.01", 4)]
    [DataRow(-10_001, "899.99", 2)]
    [DataRow(-10_000, "900.00", 3)]
    [DataRow(-20_001, "799.99", 1)]
    [DataRow(-20_000, "800.00", 2)]
    [DataRow(-30_001, "699.99", 0)]
    [DataRow(-30_000, "700.00", 1)]
    public void Stars_AroundAThreshold_TurnAtTheHundredth(int hundredths, string points, int stars) =>
        AssertTally(new CreditFile().Booked(hundredths).Tally(), points, stars);

    [TestMethod]
    [DataRow(0, "950.00")]
    [DataRow(5, "950.00", DisplayName = "five months old: full weight")]
    [DataRow(6, "975.00", DisplayName = "six months old: half")]
    [DataRow(11, "975.00", DisplayName = "eleven months old: half")]
    [DataRow(12, "1000.00", DisplayName = "twelve months old: gone")]
    [DataRow(-1, "1000.00", DisplayName = "decided next month: not read")]
    public void Deduction_ByAge_WeighsItsStep(int age, string points) =>
        Assert.AreEqual(points, new CreditFile().Decided("S01", age).Tally().Points.ToString());

    [TestMethod]
    [DataRow("2016-12-31", "1000.00", DisplayName = "last day before the window")]
    [DataRow("2017-01-01", "975.00", DisplayName = "first day of the window")]
    [DataRow("2017-06-30", "975.00", DisplayName = "last day of half weight")]
    [DataRow("2017-07-01", "950.00", DisplayName = "first day of full weight")]
    [DataRow("2017-12-31", "950.00", DisplayName = "last day of the month")]
    [DataRow("2018-01-01", "1000.00", DisplayName = "first day after the month")]
    public void Deduction_OnTheDaysAroundAnAge_TurnsWithTheMonth(string day, string points) =>
        Assert.AreEqual(points, new CreditFile().DecidedOn(DateOnly.Parse(day, CultureInfo.InvariantCulture), "S01").Tally().Points.ToString());

    [TestMethod]
    [DataRow(11, "1015.00")]
    [DataRow(12, "1000.00")]
    public void Merit_ByAge_DoesNotAgeButEnds(int age, string points) =>
        Assert.AreEqual(points, new CreditFile().Decided("M01", age).Tally().Points.ToString());

    [TestMethod]
    public void Merit_RulebookThatAgesMerits_WeighsHalf()
    {
        var ageing = Shipped.Rongcheng with { Merit = Shipped.Rongcheng.Merit with { Age = true } };
        Assert.AreEqual("1007.50", new CreditFile().Under(ageing).Decided("M01", age: 6).Tally().Points.ToString());
    }

    [TestMethod]
    [DataRow(-1, "1000.00", DisplayName = "half of -0.01 is rounded up to nothing")]
    [DataRow(-3, "999.99", DisplayName = "half of -0.03 is rounded up to -0.01")]
    [DataRow(-2001, "990.00", DisplayName = "half of -20.01 is rounded up to -10.00")]
    public void Deduction_WeightNotWhole_IsRoundedInTheDriversFavour(int hundredths, string points) =>
        Assert.AreEqual(points, new CreditFile().Booked(hundredths, age: 6).Tally().Points.ToString());

    [TestMethod]
    public void Deductions_EachNotWhole_AreRoundedEachForItself() =>
        Assert.AreEqual("1000.00", new CreditFile().Booked(-1, age: 6).Booked(-1, age: 7).Tally().Points.ToString());

    [TestMethod]
    public void Merits_BesideDeductions_OffsetHalfAndShowTheRest()
    {
        var tally = new CreditFile().Decided("S01").Decided("M02").Decided("M02").Tally();
        AssertTally(tally, "975.00", 3);
        Assert.AreEqual("-25.00", LineOf(tally, Reasons.Offset).Counted.ToString());
    }

    [TestMethod]
    [DataRow(-1001, "995.00", DisplayName = "half of 10.01 is rounded up to 5.01")]
    [DataRow(-1000, "995.00")]
    [DataRow(-999, "995.01", DisplayName = "half of 9.99 is rounded up to 5.00")]
    public void Merits_OffsetNotWhole_IsRoundedInTheDriversFavour(int hundredths, string points) =>
        Assert.AreEqual(points, new CreditFile().Booked(hundredths).Decided("M01").Tally().Points.ToString());

    [TestMethod]
    public void Merits_NothingLost_CountInFullUpToTheirLimit()
    {
        var tally = new CreditFile().Decided("M05").Decided("M01").Tally();
        AssertTally(tally, "1050.00", 4);
        Assert.AreEqual("-15.00", LineOf(tally, Reasons.MeritLimit).Counted.ToString());
    }

    [TestMethod]
    public void Merits_OffsetWithoutLimitInTheRulebook_CountInFullBesideDeductions() =>
        AssertTally(new CreditFile().Under(Shipped.National).Decided("N01").Decided("N12").Tally(), "22.00", 4);

    [TestMethod]
    public void Merit_AboveItsCapInTheWindow_CountsAsOftenAsItMay()
    {
        var tally = new CreditFile().Decided("M03", age: 11).Decided("M03", age: 5).Decided("M03").Tally();
        AssertTally(tally, "1020.00", 4);
        Assert.AreEqual(3, LineOf(tally, Reasons.Capped).Sequence);
    }

    [TestMethod]
    public void Merit_CapPerQuarter_CountsInEachQuarter()
    {
        // September; October, November and December.
        var tally = new CreditFile().Decided("M04", age: 3).Decided("M04", age: 2).Decided("M04", age: 1).Decided("M04").Tally();
        AssertTally(tally, "1020.00", 4);
    }

    [TestMethod]
    public void Merit_CapWithUnequalPoints_TheLargestCount()
    {
        var tally = new CreditFile().Booked(500, code: "M03").Booked(2000, code: "M03").Booked(1000, code: "M03").Tally();
        Assert.AreEqual("1030.00", tally.Points.ToString());
        Assert.AreEqual(1, LineOf(tally, Reasons.Capped).Sequence);
    }

    [TestMethod]
    public void Merit_ReversedBelowItsCap_LeavesItsPlaceToAnother() =>
        Assert.AreEqual("1020.00", new CreditFile().Decided("M03").Decided("M03").Decided("M03").Reversed(1).Tally().Points.ToString());

    [TestMethod]
    [DataRow(49, "999.50", DisplayName = "one less than lost: merits offset half of the last point")]
    [DataRow(50, "1015.00", DisplayName = "all that was lost: merits count in full")]
    [DataRow(51, "1015.00", DisplayName = "one more than lost: no more than was lost")]
    public void Repair_AroundWhatWasLost_GivesBackNoMore(int points, string expected)
    {
        var tally = new CreditFile().Decided("S01").Repaired(points).Decided("M01").Tally();
        Assert.AreEqual(expected, tally.Points.ToString());
        Assert.AreEqual(points > 50, ReasonsOf(tally).Contains(Reasons.RepairLimit));
    }

    [TestMethod]
    public void Repair_DeductionWithHalfItsWeight_GivesBackOnlyThat() =>
        Assert.AreEqual("1000.00", new CreditFile().Decided("S01", age: 6).Repaired(50).Tally().Points.ToString());

    [TestMethod]
    public void Reversal_DecidedAfterTheMonth_StillRestores()
    {
        var tally = new CreditFile().Decided("S01").Reversed(1, age: -3).Tally();
        AssertTally(tally, "1000.00", 4);
        CollectionAssert.AreEqual(new[] { Reasons.Opening, Reasons.Reversed, Reasons.Reversal, Reasons.Stars }, ReasonsOf(tally));
    }

    [TestMethod]
    public void Reversal_ReversedItself_BringsTheEntryBackWithItsOwnAge() =>
        Assert.AreEqual("975.00", new CreditFile().Decided("S01", age: 6).Reversed(1, age: 5).Reversed(2).Tally().Points.ToString());

    [TestMethod]
    public void Floor_MoreLostThanThereIs_EndsThere()
    {
        var tally = new CreditFile().Booked(-100_001).Tally();
        AssertTally(tally, "0.00", 0);
        Assert.AreEqual("0.01", LineOf(tally, Reasons.Floor).Counted.ToString());
    }

    [TestMethod]
    public void Ceiling_MoreMeritThanRoom_EndsThere()
    {
        var low = Shipped.Rongcheng with { Ceiling = Points.FromWhole(1010) };
        var tally = new CreditFile().Under(low).Decided("M01").Tally();
        AssertTally(tally, "1010.00", 4);
        Assert.AreEqual("-5.00", LineOf(tally, Reasons.Ceiling).Counted.ToString());
    }

    [TestMethod]
    [DataRow(4, 3, DisplayName = "four stars before: one less")]
    [DataRow(3, 2)]
    [DataRow(2, 1, DisplayName = "two stars before: the points decide")]
    [DataRow(0, 1, DisplayName = "no stars before: a rise is not limited")]
    [DataRow(null, 1, DisplayName = "not rated before: the points decide")]
    public void Drop_FromTheMonthBefore_IsAtMostOneStar(int? previous, int stars) =>
        Assert.AreEqual(stars, new CreditFile().After(previous).Booked(-30_000).Tally().Stars);

    [TestMethod]
    public void Drop_RulebookWithoutLimit_FollowsThePoints() =>
        Assert.AreEqual(0, new CreditFile().Under(Shipped.National).After(4).Decided("N09").Tally().Stars);

    [TestMethod]
    [DataRow("T08", 0)]
    [DataRow("T07", 1)]
    public void Override_AfterAGoodMonth_IsNotSoftened(string code, int stars)
    {
        var tally = new CreditFile().After(4).Decided(code).Tally();
        AssertTally(tally, "900.00", stars);
        Assert.AreEqual(3, tally.StarsByPoints);
        Assert.AreEqual((3, stars), (LineOf(tally, Reasons.Override).StarsBefore, LineOf(tally, Reasons.Override).StarsAfter));
    }

    [TestMethod]
    public void Override_MeritsAndRepairOnTop_IsNotLifted() => AssertTally(new CreditFile().Decided("T08").Repaired(100).Decided("M05").Tally(), "1050.00", 0);

    [TestMethod]
    public void Override_TwoOfThem_TheLowestHolds() => Assert.AreEqual(0, new CreditFile().Decided("T07").Decided("T08").Decided("S08").Tally().Stars);

    [TestMethod]
    public void Override_TwoAlike_TheEarlierIsNamed() =>
        Assert.AreEqual(1, LineOf(new CreditFile().Decided("T07").Decided("S08").Tally(), Reasons.Override).Sequence);

    [TestMethod]
    public void Override_HalfWeight_HoldsUntilTheEntryEnds()
    {
        Assert.AreEqual(0, new CreditFile().Decided("T08", age: 11).Tally().Stars);
        Assert.AreEqual(4, new CreditFile().Decided("T08", age: 12).Tally().Stars);
    }

    [TestMethod]
    public void Override_Reversed_IsGone() => Assert.AreEqual(4, new CreditFile().Decided("T08").Reversed(1).Tally().Stars);

    [TestMethod]
    [DataRow(59, null)]
    [DataRow(60, 3)]
    [DataRow(61, 3)]
    public void Probation_AroundItsEnd_RatesFromTheLastDayOn(int days, int? stars)
    {
        var tally = new CreditFile().After(null, days).Decided("S01").Tally();
        AssertTally(tally, "950.00", stars);
        Assert.AreEqual(stars is null, ReasonsOf(tally).Contains(Reasons.Probation));
    }

    [TestMethod]
    [DataRow(11, "19.00", DisplayName = "January of the same year")]
    [DataRow(12, "20.00", DisplayName = "December of the year before")]
    [DataRow(-1, "20.00", DisplayName = "the month after")]
    public void CalendarYear_AroundItsEnds_StartsAnewInJanuary(int age, string points) =>
        Assert.AreEqual(points, new CreditFile().Under(Shipped.National).Decided("N01", age).Tally().Points.ToString());

    [TestMethod]
    [DataRow(0, 4, "AAA")]
    [DataRow(1, 3, "AA")]
    [DataRow(9, 3, "AA")]
    [DataRow(10, 1, "A")]
    [DataRow(16, 1, "A")]
    [DataRow(17, 0, "B")]
    [DataRow(20, 0, "B")]
    public void National_AroundItsGrades_NamesThem(int lost, int stars, string grade)
    {
        var tally = new CreditFile().Under(Shipped.National).Booked(-100 * lost, code: "N01").Tally();
        Assert.AreEqual(stars, tally.Stars);
        Assert.Contains($"({grade})", LineOf(tally, Reasons.Stars).Text);
    }

    [TestMethod]
    public void Explanation_OfAFullMonth_ReadsAsTheRulesSay()
    {
        var tally = new CreditFile().After(4).Decided("S01", age: 6).Decided("T07").Repaired(15).Decided("M01").Decided("M02").Decided("M02").Tally();
        string[] expected =
        [
            "1000.00 1000.00 Every file starts with 1000.00 points.",
            "-25.00 975.00 S01 Detour without consent, decided on 2017-06-15, weighs 50 % by its age.",
            "-100.00 875.00 T07 Driving after drinking, decided on 2017-12-15.",
            "15.00 890.00 R01 Repair course, decided on 2017-12-15.",
            "15.00 905.00 M01 Lost property returned, decided on 2017-12-15.",
            "25.00 930.00 M02 Lost property of high value returned, decided on 2017-12-15.",
            "25.00 955.00 M02 Lost property of high value returned, decided on 2017-12-15.",
            "-15.00 940.00 Merits count at most 50.00 points.",
            "0.00 940.00 900.00 points or more earn 3 stars.",
            "0.00 940.00 T07 Driving after drinking allows at most 1 star.",
        ];
        CollectionAssert.AreEqual(expected, tally.Lines.Select(line => $"{line.Counted} {line.Running} {line.Text}").ToArray());
        Assert.AreEqual(1, tally.Stars);
    }

    private static void AssertTally(Tally tally, string points, int? stars)
    {
        Assert.AreEqual(points, tally.Points.ToString());
        Assert.AreEqual(stars, tally.Stars);
    }

    private static string[] ReasonsOf(Tally tally) => [.. tally.Lines.Select(line => line.Reason)];

    private static TallyLine LineOf(Tally tally, string reason) => tally.Lines.Single(line => line.Reason == reason);
}
