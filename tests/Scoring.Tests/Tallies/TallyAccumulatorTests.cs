using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

[TestClass]
public sealed class TallyAccumulatorTests
{
    private static readonly DateOnly Day = CreditFile.December.FirstDay;

    [TestMethod]
    public void Finish_OneAccumulatorForManyDrivers_EqualsAFreshOneEach()
    {
        var accumulator = new TallyAccumulator(Shipped.Rongcheng, CreditFile.December);
        Property.Holds(Histories.Any, seed: 20171208, cases: 3_000, history =>
        {
            var here = history with { Rulebook = Shipped.Rongcheng, Month = CreditFile.December };
            accumulator.Start(here.Facts);
            foreach (var entry in here.Ledger) accumulator.Add(entry);
            var (total, again, fresh) = (accumulator.Finish(), accumulator.Finish(), here.Tally());
            Assert.AreEqual(total, again);
            Assert.AreEqual(new TallyTotal(fresh.Points, fresh.Stars, fresh.StarsByPoints), total);
            CollectionAssert.AreEqual(fresh.Lines.ToArray(), accumulator.Explain().ToArray());
        });
    }

    [TestMethod]
    public void Finish_SteadyState_AllocatesNothing()
    {
        var accumulator = new TallyAccumulator(Shipped.Rongcheng, CreditFile.December);
        TallyOne(accumulator);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) TallyOne(accumulator);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The buffers begin with room for 64 entries, and double.</summary>
    [TestMethod]
    [DataRow(63, 937)]
    [DataRow(64, 936)]
    [DataRow(65, 935)]
    [DataRow(128, 872)]
    [DataRow(129, 871)]
    [DataRow(300, 700)]
    public void Finish_ManyLiveEntries_CountsEach(int entries, int points)
    {
        var accumulator = Started();
        for (var sequence = 1; sequence <= entries; sequence++)
            accumulator.Add(sequence, EntryKind.Decision, "S11", Points.FromWhole(-1), null, Day, null);

        Assert.AreEqual(Points.FromWhole(points), accumulator.Finish().Points);
        Assert.AreEqual(entries, accumulator.Explain().Count(line => line.Reason == Reasons.Deduction));
    }

    /// <summary>More than 21,474,836.47 points in all, where a sum of 32 bits ended and with it every preview of the city.</summary>
    [TestMethod]
    public void Finish_HalfAMillionEntriesOfOneDriver_AreSummed()
    {
        var accumulator = Started();
        for (var sequence = 1; sequence <= 500_000; sequence++)
            accumulator.Add(sequence, EntryKind.Decision, "S11", Points.FromWhole(-50), null, Day, null);

        Assert.AreEqual(new TallyTotal(Points.Zero, 0, 0), accumulator.Finish());
    }

    [TestMethod]
    public void Finish_FirstOfManyReversedByTheLast_CountsTheOthers()
    {
        var accumulator = Started();
        for (var sequence = 1; sequence <= 64; sequence++)
            accumulator.Add(sequence, EntryKind.Decision, "S11", Points.FromWhole(-1), null, Day, null);

        accumulator.Add(65, EntryKind.Reversal, "S11", Points.FromWhole(1), null, Day, reverses: 1);

        Assert.AreEqual(Points.FromWhole(937), accumulator.Finish().Points);
    }

    [TestMethod]
    public void Add_ReversalOfWhatWasLeftOut_ChangesNothing()
    {
        var accumulator = Started();
        accumulator.Add(7, EntryKind.Reversal, "S01", Points.FromWhole(50), null, Day, reverses: 3);
        Assert.AreEqual(new TallyTotal(Points.FromWhole(1000), 4, 4), accumulator.Finish());
    }

    [TestMethod]
    public void Add_SequenceThatDoesNotAscend_Throws()
    {
        AssertBroken(accumulator => Deduct(accumulator, 0));
        AssertBroken(accumulator => Deduct(Deduct(accumulator, 5), 5));
        AssertBroken(accumulator => Deduct(Deduct(accumulator, 5), 4));
    }

    [TestMethod]
    public void Add_EntryOfAnotherDriver_Throws() =>
        AssertBroken(accumulator => accumulator.Add(
            Histories.Entry(1, EntryKind.Decision, "S01", Points.FromWhole(-50), Day, null, null) with { Driver = "d-0002" }));

    [TestMethod]
    public void Add_ReversalThatFitsNoEntry_Throws()
    {
        AssertBroken(accumulator => Reverse(Deduct(accumulator, 1), 2, target: null));
        AssertBroken(accumulator => Reverse(Deduct(accumulator, 1), 2, target: 1, hundredths: 4999));
    }

    [TestMethod]
    public void Add_RepairWithoutPoints_Throws()
    {
        AssertBroken(accumulator => accumulator.Add(1, EntryKind.Repair, "R01", Points.Zero, null, Day, null));
        AssertBroken(accumulator => accumulator.Add(1, EntryKind.Repair, "R01", new(-1), null, Day, null));
    }

    [TestMethod]
    public void Add_UnknownKind_Throws() => AssertBroken(accumulator => accumulator.Add(1, (EntryKind)3, "S01", new(-1), null, Day, null));

    [TestMethod]
    public void Finish_EntryReversedTwice_Throws() =>
        AssertBroken(accumulator => Reverse(Reverse(Deduct(accumulator, 1), 2, target: 1), 3, target: 1).Finish());

    [TestMethod]
    public void Add_AfterFinish_Throws()
    {
        var accumulator = Started();
        accumulator.Finish();
        Assert.ThrowsExactly<InvalidOperationException>(() => Deduct(accumulator, 1));
    }

    [TestMethod]
    public void Explain_BeforeFinish_Throws() => Assert.ThrowsExactly<InvalidOperationException>(() => Started().Explain());

    private static void TallyOne(TallyAccumulator accumulator)
    {
        accumulator.Start(new(Histories.Driver, 60, 4));
        for (var sequence = 1; sequence <= 50; sequence += 5)
        {
            Deduct(accumulator, sequence);
            accumulator.Add(sequence + 1, EntryKind.Decision, "M03", Points.FromWhole(10), null, Day, null);
            accumulator.Add(sequence + 2, EntryKind.Decision, "M04", Points.FromWhole(10), null, Day, null);
            accumulator.Add(sequence + 3, EntryKind.Repair, "R01", Points.FromWhole(15), null, Day, null);
            Reverse(accumulator, sequence + 4, target: sequence);
        }

        accumulator.Finish();
    }

    private static TallyAccumulator Started()
    {
        var accumulator = new TallyAccumulator(Shipped.Rongcheng, CreditFile.December);
        accumulator.Start(new(Histories.Driver, 60, null));
        return accumulator;
    }

    private static TallyAccumulator Deduct(TallyAccumulator accumulator, long sequence)
    {
        accumulator.Add(sequence, EntryKind.Decision, "S01", Points.FromWhole(-50), null, Day, null);
        return accumulator;
    }

    private static TallyAccumulator Reverse(TallyAccumulator accumulator, long sequence, long? target, int hundredths = 5000)
    {
        accumulator.Add(sequence, EntryKind.Reversal, "S01", new(hundredths), null, Day, target);
        return accumulator;
    }

    private static void AssertBroken(Action<TallyAccumulator> act)
    {
        var accumulator = Started();
        Assert.ThrowsExactly<ArgumentException>(() => act(accumulator));
    }
}
