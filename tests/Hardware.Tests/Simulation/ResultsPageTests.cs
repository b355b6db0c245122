using System.Text;
using TaxiCredit.Hardware.Generate.Simulation;

namespace TaxiCredit.Hardware.Tests.Simulation;

[TestClass]
public class ResultsPageTests
{
    [TestMethod]
    [DataRow("| dip | 10.0 | 9 | 11 | V |", null)]
    [DataRow("| dip | 10.04 | 9 | 11 | V |", null)]
    [DataRow("| dip | 10.05 | 9 | 11 | V |", "line 1 is '| dip | 10.05 | 9 | 11 | V |', generated '| dip | 10.0 | 9 | 11 | V |'")]
    [DataRow("| dip | 10.0 | 9 | 12 | V |", "line 1 is '| dip | 10.0 | 9 | 12 | V |', generated '| dip | 10.0 | 9 | 11 | V |'")]
    [DataRow("| dip | NaN | 9 | 11 | V |", "line 1 is '| dip | NaN | 9 | 11 | V |', generated '| dip | 10.0 | 9 | 11 | V |'")]
    [DataRow("a\nb", "2 lines; generated 1")]
    public void Results_AgainstCommitted_MoveByTwoPercentOfTheirLimits(string committed, string? expected) => Assert.AreEqual(expected,
        ResultsPage.Difference(Encoding.UTF8.GetBytes(committed), Encoding.UTF8.GetBytes("| dip | 10.0 | 9 | 11 | V |")));
}
