using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Confidence;
using TaxiCredit.Scoring.Ledger;

namespace Scoring.Tests.Confidence;

[TestClass]
public sealed class CityPatternTests
{
    private const int Drivers = 200;
    private static readonly Month December = new(2017, 12);

    /// <summary>Every driver has had exactly one detour of 50 points: only the model's luck makes them differ.</summary>
    private static readonly LedgerEntry[] AllAlike = [.. Enumerable.Range(1, Drivers).Select(n => Entry(n, $"d-{n}", -5000))];

    [TestMethod]
    [DataRow(29, false)]
    [DataRow(30, true)]
    [DataRow(31, true)]
    public void Pattern_OfFewDrivers_IsNotRead(int drivers, bool isRead) =>
        Assert.AreEqual(isRead, CityPattern.Of(Shipped.Rongcheng, December, drivers, []) is not null);

    [TestMethod]
    public void Chances_OfAnyDriver_AddUpToOne()
    {
        foreach (var driver in new[] { "d-1", "d-unknown" })
        {
            var chances = Read(AllAlike).ChancesOf(driver, 1);

            Assert.HasCount(5, chances);
            Assert.AreEqual(1, chances.Sum(), 1e-9);
            Assert.IsTrue(chances.All(chance => chance is >= 0 and <= 1));
        }
    }

    /// <summary>With one rate for all the number of entries is Poisson of mean 1.0025: e^-1.0025 has none.</summary>
    [TestMethod]
    public void Chances_DriversWhoDoNotDiffer_AreThoseOfPoisson()
    {
        var chances = Read(AllAlike).ChancesOf("d-1", 1);

        Assert.AreEqual(Math.Exp(-1.0025), chances[4], 0.002);
        // 1 or 2 detours leave 950 or 900 points.
        Assert.AreEqual(Math.Exp(-1.0025) * (1.0025 + (1.0025 * 1.0025 / 2)), chances[3], 0.002);
    }

    [TestMethod]
    public void Chances_DriversWhoDiffer_FollowTheOwnEntries()
    {
        // Every tenth driver has ten of them: 180 drivers have none.
        var pattern = Read([.. Enumerable.Range(0, Drivers).Select(n => Entry(n + 1, $"d-{n / 10 * 10}", -1500))]);

        var clean = pattern.ChancesOf("d-1", 1);
        var often = pattern.ChancesOf("d-10", 1);

        Assert.IsGreaterThan(0.85, clean[4]);
        Assert.IsLessThan(0.05, often[4]);
    }

    [TestMethod]
    public void Chances_ShorterAtWork_LieNearerToTheCitys()
    {
        var pattern = Read([.. Enumerable.Range(0, Drivers).Select(n => Entry(n + 1, $"d-{n / 10 * 10}", -1500))]);

        Assert.IsLessThan(pattern.ChancesOf("d-1", 1)[4], pattern.ChancesOf("d-1", 0.1)[4]);
        Assert.IsLessThan(pattern.ChancesOf("d-10", 0.1)[0], pattern.ChancesOf("d-10", 1)[0]);
    }

    [TestMethod]
    public void Chances_NobodyBooked_ClaimNoOtherStarsThanTheBase()
    {
        var chances = Read([]).ChancesOf("d-1", 1);

        Assert.AreEqual(1, chances[4], 1e-9);
    }

    [TestMethod]
    public void Chances_EntryWithALimit_ReachNoFurther()
    {
        var chances = Read([.. AllAlike.Select(entry => entry with { Points = Points.Zero, MaxStars = 1 })]).ChancesOf("d-1", 1);

        Assert.AreEqual(Math.Exp(-1.0025), chances[4], 0.002);
        Assert.AreEqual(1 - Math.Exp(-1.0025), chances[1], 0.002);
    }

    [TestMethod]
    public void Chances_ReversedOrOutsideTheWindow_CountNothing()
    {
        LedgerEntry[] gone = [.. AllAlike.Select(entry => entry with { DecidedOn = new(2016, 12, 31) })];
        LedgerEntry[] reversed = [.. AllAlike, .. AllAlike.Select(entry => entry with
        {
            Sequence = entry.Sequence + Drivers, Kind = EntryKind.Reversal, Points = -entry.Points, Reverses = entry.Sequence,
        })];

        LedgerEntry[] again = [.. reversed, .. AllAlike.Select(entry => entry with
        {
            Sequence = entry.Sequence + 2 * Drivers, Kind = EntryKind.Reversal, Reverses = entry.Sequence + Drivers,
        })];

        Assert.AreEqual(Read(AllAlike).ChancesOf("d-1", 1)[4], Read(again).ChancesOf("d-1", 1)[4], 1e-9);
        Assert.AreEqual(1, Read(gone).ChancesOf("d-1", 1)[4], 1e-9);
        Assert.AreEqual(1, Read(reversed).ChancesOf("d-1", 1)[4], 1e-9);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.01)]
    public void Chances_ExposureOutOfRange_Throw(double exposure) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Read(AllAlike).ChancesOf("d-1", exposure));

    private static CityPattern Read(LedgerEntry[] entries) => CityPattern.Of(Shipped.Rongcheng, December, Drivers, entries)!;

    private static LedgerEntry Entry(long sequence, string driver, int hundredths) =>
        new(sequence, driver, EntryKind.Decision, "S01", new(hundredths), null, new(2017, 12, 1), new(2017, 12, 15), "", null, new string('0', 64));
}
