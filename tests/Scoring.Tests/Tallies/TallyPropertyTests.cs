using CsCheck;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

[TestClass]
public sealed class TallyPropertyTests
{
    [TestMethod]
    public void Tally_AnyHistory_EqualsTheReference() => Property.Holds(Histories.Any, seed: 20171201, cases: 8_000, history =>
    {
        var tally = history.Tally();
        var reference = new ReferenceTally(history.Rulebook, history.Month, history.Facts, history.Ledger);
        Assert.AreEqual(reference.Points, tally.Points.ToDecimal());
        Assert.AreEqual(reference.StarsByPoints, tally.StarsByPoints);
        Assert.AreEqual(reference.Stars, tally.Stars);
        foreach (var line in tally.Lines.Where(line => line.Kind == LineKind.Entry))
            Assert.AreEqual(reference.CountedFor(line.Sequence!.Value), line.Counted.ToDecimal(), line.Text);
    });

    [TestMethod]
    public void Explanation_AnyHistory_AddsUpLineByLine() => Property.Holds(Histories.Any, seed: 20171202, cases: 4_000, history =>
    {
        var tally = history.Tally();
        var running = Points.Zero;
        int? stars = null;
        foreach (var line in tally.Lines)
        {
            running += line.Counted;
            Assert.AreEqual(running, line.Running, line.Text);
            if (line.Kind < LineKind.Stars) continue;
            Assert.AreEqual(stars, line.StarsBefore, line.Text);
            Assert.AreEqual(Points.Zero, line.Counted, line.Text);
            stars = line.StarsAfter;
        }

        Assert.AreEqual(tally.Points, running);
        Assert.AreEqual(tally.Stars, stars);
        var sequences = tally.Lines.Where(line => line.Kind == LineKind.Entry).Select(line => line.Sequence!.Value).ToList();
        CollectionAssert.AreEqual(sequences.Distinct().Order().ToList(), sequences);
    });

    [TestMethod]
    public void Tally_OrderOfEntries_DoesNotMatter()
    {
        // Any order, so above all the order within a day. Only a reversal stays behind what it reverses.
        var cases = Gen.Select(Histories.Any, Gen.Int.Array[40]);
        Property.Holds(cases, seed: 20171203, cases: 4_000, item =>
        {
            var (history, keys) = item;
            var shuffled = history.Ledger.Zip(keys).OrderBy(pair => Depth(pair.First, history.Ledger))
                .ThenBy(pair => pair.Second).Select(pair => pair.First).ToList();
            var renumbered = shuffled.ToDictionary(entry => entry.Sequence, entry => shuffled.IndexOf(entry) + 1L);
            var other = history with
            {
                Ledger =
                [
                    .. shuffled.Select(entry => entry with
                    {
                        Sequence = renumbered[entry.Sequence], Reverses = entry.Reverses is { } target ? renumbered[target] : null,
                    }),
                ],
            };
            AssertSame(history, other);
        });
    }

    [TestMethod]
    public void Reversal_OfOneMoreEntry_RestoresAndItsOwnReversalBringsItBack() => Property.Holds(OneMore, seed: 20171204, cases: 4_000, item =>
    {
        var (history, points, day) = item;
        var decided = history.With(EntryKind.Decision, "M01", points, day, maxStars: points < Points.Zero ? 1 : null);
        // Decided long after the month: a reversal is read all the same.
        var reversed = decided.WithReversalOf(decided.Ledger[^1], day.AddYears(3));
        var restored = reversed.WithReversalOf(reversed.Ledger[^1], day.AddYears(4));
        AssertSame(history, reversed);
        AssertSame(decided, restored);
    });

    [TestMethod]
    public void Entry_OutsideTheWindow_ChangesNothing()
    {
        var cases = Gen.Select(Histories.Any, Gen.Int[1, 900], Gen.Bool);
        Property.Holds(cases, seed: 20171205, cases: 4_000, item =>
        {
            var (history, days, before) = item;
            var day = before ? history.Rulebook.Window.FirstMonth(history.Month).FirstDay.AddDays(-days) : history.Month.LastDay.AddDays(days);
            var more = history.With(EntryKind.Decision, "T08", Points.FromWhole(-100), day, maxStars: 0);
            AssertSame(history, more);
            AssertSame(history, more.WithReversalOf(more.Ledger[^1], history.Month.FirstDay));
            Assert.HasCount(history.Tally().Lines.Count, more.Tally().Lines);
        });
    }

    [TestMethod]
    public void UpheldS01_OneMore_NeverRaises() => Property.Holds(OneMore, seed: 20171206, cases: 4_000, item =>
    {
        var (history, _, day) = item;
        var (before, after) = (history.Tally(), history.With(EntryKind.Decision, "S01", Points.FromWhole(-50), day).Tally());
        Assert.IsTrue(after.Points <= before.Points, $"{before.Points} rose to {after.Points}");
        Assert.IsTrue(after.Stars is null || after.Stars <= before.Stars, $"{before.Stars} stars rose to {after.Stars}");
    });

    [TestMethod]
    public void Merit_OneMore_NeverLowers() => Property.Holds(OneMore, seed: 20171207, cases: 4_000, item =>
    {
        var (history, points, day) = item;
        var merit = points < Points.Zero ? -points : points;
        var (before, after) = (history.Tally(), history.With(EntryKind.Decision, "M01", merit, day).Tally());
        Assert.IsTrue(after.Points >= before.Points, $"{before.Points} fell to {after.Points}");
        Assert.IsTrue(after.Stars is null || after.Stars >= before.Stars, $"{before.Stars} stars fell to {after.Stars}");
    });

    /// <summary>A history, points that are not zero, and a day within half a year of the tallied month's end.</summary>
    private static readonly Gen<(History History, Points Points, DateOnly Day)> OneMore =
        Gen.Select(Histories.Any, Gen.Int[-6000, 6000], Gen.Int[-20, 180], (history, hundredths, daysAgo) =>
            (history, new Points(hundredths == 0 ? 1 : hundredths), history.Month.LastDay.AddDays(-daysAgo)));

    private static void AssertSame(History expected, History actual)
    {
        var (one, other) = (expected.Tally(), actual.Tally());
        Assert.AreEqual((one.Points, one.Stars, one.StarsByPoints), (other.Points, other.Stars, other.StarsByPoints));
    }

    private static int Depth(LedgerEntry entry, IReadOnlyList<LedgerEntry> ledger) =>
        entry.Reverses is { } target ? 1 + Depth(ledger.Single(other => other.Sequence == target), ledger) : 0;
}
