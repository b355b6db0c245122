using TaxiCredit.Dispatch.Features.Statistics.Bulletins;

namespace Dispatch.Tests.Statistics;

/// <summary>Tries to subtract: whoever knows the rule and everything that is published must not learn a count from one to four.</summary>
[TestClass]
public sealed class SmallCellsTests
{
    [TestMethod]
    [DataRow("4", "", DisplayName = "below five: the total alone, which is withheld")]
    [DataRow("5", "A 5", DisplayName = "at five")]
    [DataRow("6", "A 6", DisplayName = "above five")]
    [DataRow("9 0", "A 9", DisplayName = "what is empty has no line")]
    [DataRow("9 1", "", DisplayName = "the total less nine would tell the one")]
    [DataRow("9 9 1", "A 9, B+C 10", DisplayName = "the last that stands goes along")]
    [DataRow("1 9 9", "B 9, A+C 10")]
    [DataRow("9 3 3", "A 9, B+C 6", DisplayName = "small ones that stand together")]
    [DataRow("9 4 4", "", DisplayName = "eight of two small ones would tell both")]
    [DataRow("9 9 4 4", "A 9, B+C+D 17")]
    [DataRow("9 4 3", "A 9, B+C 7")]
    [DataRow("9 0 5 0 2 3", "A 9, C 5, B+D+E+F 5", DisplayName = "an empty one stands among the others")]
    public void Merge_OfCells_TellsNoSmallOne(string counts, string lines) => Assert.AreEqual(lines, Told(Merged([.. counts.Split(' ').Select(int.Parse)])));

    [TestMethod]
    [DataRow(4, "", DisplayName = "four drivers")]
    [DataRow(5, "A 9, B 8")]
    [DataRow(6, "A 9, B 8")]
    public void Merge_ManyOfFewDrivers_TellsThemTogether(int drivers, string lines)
    {
        var few = new Cell("B", 8, Enumerable.Range(100, drivers).ToHashSet());

        Assert.AreEqual(lines, Told(SmallCells.Merge([CellOf("A", 9, 0), few])));
    }

    /// <summary>
    /// Every table of up to five cells: those that are published alike, with the same total, are all that somebody can tell from it. Among them each name has
    /// more than one count, or one that is no small one.
    /// </summary>
    [TestMethod]
    [DataRow(1, 20)]
    [DataRow(2, 30)]
    [DataRow(3, 24)]
    [DataRow(4, 24)]
    [DataRow(5, 20)]
    public void Merge_OfEveryTable_LeavesNoSmallCountToBeSubtracted(int cells, int most)
    {
        var alike = Tables(cells, most).ToLookup(counts => $"{Told(Merged(counts))} of {(counts.Sum() < 5 ? "few" : counts.Sum())}");

        Assert.IsGreaterThan(most, alike.Sum(one => one.Count()));
        AssertNothingFollows(alike, cells);
    }

    /// <summary>The same where some conducts are of one driver alone, however often.</summary>
    [TestMethod]
    public void Merge_OfEveryTableWithSingleDrivers_LeavesNoSmallCountToBeSubtracted()
    {
        var alike = Tables(3, 14).SelectMany(counts => Enumerable.Range(0, 8).Select(single => (counts, single))).ToLookup(
            one => $"{Told(SmallCells.Merge([.. one.counts.Select((count, at) => CellOf(Name(at), count, at * 100, (one.single >> at & 1) == 1))]))} of "
                + (one.counts.Sum() < 5 ? "few" : one.counts.Sum()), one => one.counts);

        AssertNothingFollows(alike, 3);
    }

    private static void AssertNothingFollows(ILookup<string, int[]> alike, int cells)
    {
        foreach (var published in alike)
        {
            for (var cell = 0; cell < cells; cell++)
            {
                var possible = published.Select(counts => counts[cell]).ToHashSet();
                Assert.IsFalse(possible.Count == 1 && possible.Single() is >= 1 and <= 4, $"'{published.Key}' tells that {Name(cell)} is {possible.First()}");
            }
        }
    }

    private static IEnumerable<int[]> Tables(int cells, int most)
    {
        if (cells == 0)
            return [[]];
        return Enumerable.Range(0, most + 1).SelectMany(first => Tables(cells - 1, most - first).Select(others => (int[])[first, .. others]));
    }

    private static IReadOnlyList<Merged> Merged(IReadOnlyList<int> counts) =>
        SmallCells.Merge([.. counts.Select((count, at) => CellOf(Name(at), count, at * 100))]);

    private static Cell CellOf(string name, int count, int firstDriver, bool single = false) =>
        new(name, count, Enumerable.Range(firstDriver, single ? Math.Min(count, 1) : count).ToHashSet());

    private static string Name(int at) => $"{(char)('A' + at)}";

    private static string Told(IEnumerable<Merged> lines) => string.Join(", ", lines.Select(line => $"{string.Join('+', line.Keys)} {line.Count}"));
}
