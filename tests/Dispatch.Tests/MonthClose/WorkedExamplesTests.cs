using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

[TestClass]
public sealed class WorkedExamplesTests
{
    /// <summary>The figures are worked out by hand from the files.</summary>
    [TestMethod]
    // 1,000 - 50.
    [DataRow("rongcheng-taxi", 0, "950.00", 3)]
    // Half of 50 after six months; of 15 + 25 points of merit half of those 25 come back: 1,000 - 25 + 12.5.
    [DataRow("rongcheng-taxi", 1, "987.50", 3)]
    // 1,000 - 100, which would be three stars; the conduct allows none.
    [DataRow("rongcheng-taxi", 2, "900.00", 0)]
    // 20 - 1.
    [DataRow("cn-national", 0, "19.00", 3)]
    // 20 - 1 + 3 + 3: nothing ages, and merits count whatever was lost.
    [DataRow("cn-national", 1, "25.00", 4)]
    // 20 - 20.
    [DataRow("cn-national", 2, "0.00", 0)]
    public void Example_OfAShippedRulebook_ComesToWhatAPersonWorksOut(string id, int which, string points, int stars)
    {
        var rules = InstalledRulebooks.Read(InstalledRulebooks.UsualFolder, id).Versions.First();

        var tally = WorkedExamples.Of(rules)[which].Tally;

        Assert.AreEqual(points, $"{tally.Points:F2}");
        Assert.AreEqual(stars, tally.Stars);
        Assert.AreEqual(tally.Points, tally.Lines.Sum(line => line.Counted));
    }
}
