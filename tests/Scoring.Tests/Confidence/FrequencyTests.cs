using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Confidence;
using TaxiCredit.Scoring.Ledger;

namespace Scoring.Tests.Confidence;

/// <summary>
/// The figures of the Gamma-Poisson model against figures of another origin. Each was computed in Python from the closed form, with no recurrence:
/// mean m = (entries + 0.5) / drivers and variance v of the counts around it, shape s = m² / (v - m) within 0.1 to 1000 (1000 for v ≤ m),
/// a = s + own entries, b = s / m + exposure, and the chance of k entries
/// <c>exp(lgamma(k + a) - lgamma(k + 1) - lgamma(a) + a * log(b / (b + 1)) - k * log(b + 1))</c>; the same chances came out of
/// Simpson's rule over the product of Gamma density and Poisson chance, to nine digits. Counting on ends once less than 1 in 10,000 is left, or after 60
/// entries, and the chances are divided by their sum. Entries of 100 points make the stars tell the count: 4 for none, 3 for one, 0 for four and more.
/// </summary>
[TestClass]
public sealed class FrequencyTests
{
    private const double Digits = 1e-8;
    private static readonly Month December = new(2017, 12);

    /// <summary>Ten of a hundred drivers have six entries each: mean 0.605, variance 3.240025, shape 0.138907600.</summary>
    [TestMethod]
    [DataRow("d-1", 1.0, new[] { 0.649664919, 0.138932886, 0.114179207, 0.071320123, 0.025902866 })]
    [DataRow("d-90", 1.0, new[] { 0.002588734, 0.004684891, 0.014650604, 0.057361942, 0.920713830 })]
    [DataRow("d-90", 0.25, new[] { 0.018696150, 0.014890250, 0.030901201, 0.080289914, 0.855222485 })]
    public void Again_DriversWhoDiffer_IsNegativeBinomial(string driver, double exposure, double[] chances) =>
        AssertChances(chances, Of(100, [.. Enumerable.Range(0, 60).Select(n => ($"d-{n / 6}", 10_000))]), driver, exposure);

    /// <summary>Each of 200 drivers has one entry: mean 1.0025 and no variance, so that the shape is 1000. Poisson has 0.3670 for none.</summary>
    [TestMethod]
    [DataRow(1.0, new[] { 0.019119108, 0.061655379, 0.184321843, 0.367726209, 0.367177461 })]
    [DataRow(0.5, new[] { 0.019149893, 0.061717043, 0.184413890, 0.367725800, 0.366993374 })]
    public void Again_DriversWhoDoNotDiffer_IsNearlyPoisson(double exposure, double[] chances) =>
        AssertChances(chances, Of(200, [.. Enumerable.Range(0, 200).Select(n => ($"d-{n}", 10_000))]), "d-1", exposure);

    /// <summary>One of a hundred drivers has all 50 entries: a shape of 0.0105, which the limit raises to 0.1.</summary>
    [TestMethod]
    public void Again_DriversWhoDifferBeyondTheLimit_IsOfTheLeastShape() => AssertChances(
        [0.001894306, 0.003412162, 0.010714287, 0.042818571, 0.941160674],
        Of(100, [.. Enumerable.Repeat(("d-1", 10_000), 50)]), "d-2", 1);

    /// <summary>The one with the 50 expects 42 more, of 5 points each: 60 of them leave 700 points and 1 star, and more than 60 are not counted.</summary>
    [TestMethod]
    public void Again_MoreThanSixtyEntries_AreNotCounted() => AssertChances(
        [0, 0.529093803, 0.468121099, 0.002785097, 0],
        Of(100, [.. Enumerable.Repeat(("d-1", 500), 50)]), "d-1", 1);

    /// <summary>Three of four entries take 100 points and one takes 200: the chance of losing 200 is that of one large entry or of two small ones.</summary>
    [TestMethod]
    public void Again_EntriesOfTwoSizes_AddsEachByItsShare() => AssertChances(
        [0.066283739, 0.095131554, 0.195612589, 0.275794657, 0.367177461],
        Of(200, [.. Enumerable.Range(0, 200).Select(n => ($"d-{n}", n % 4 == 0 ? 20_000 : 10_000))]), "d-1", 1);

    private static void AssertChances(double[] expected, CityPattern pattern, string driver, double exposure)
    {
        var chances = pattern.ChancesOf(driver, exposure);
        for (var stars = 0; stars < expected.Length; stars++)
            Assert.AreEqual(expected[stars], chances[stars], Digits, $"{stars} stars");
    }

    /// <param name="losses">Driver and hundredths of points of each entry.</param>
    private static CityPattern Of(int drivers, (string Driver, int Hundredths)[] losses)
    {
        var (on, decided, commitment) = (new DateOnly(2017, 12, 1), new DateOnly(2017, 12, 15), new string('0', 64));
        return CityPattern.Of(Shipped.Rongcheng, December, drivers, [.. losses.Select((loss, n) =>
            new LedgerEntry(n + 1, loss.Driver, EntryKind.Decision, "S01", new(-loss.Hundredths), null, on, decided, "", null, commitment))])!;
    }
}
