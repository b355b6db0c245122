using Scoring.Tests.Rulebooks;
using Scoring.Tests.Tallies;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Repairs;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Repairs;

/// <summary>What a file leaves to be given back, in December 2017 by Rongcheng's rulebook.</summary>
[TestClass]
public sealed class RepairRoomTests
{
    private static readonly Month December = new(2017, 12);
    private static readonly DateOnly Today = new(2017, 12, 15);
    private static readonly RepairRule Course = Shipped.Rongcheng.Repair.Single(rule => rule.Id == "R01");
    private static readonly RepairRule Clean = Shipped.Rongcheng.Repair.Single(rule => rule.Id == "R02");

    private readonly List<LedgerEntry> _file = [];

    [TestMethod]
    public void Room_OfAnEmptyFile_IsNone()
    {
        var room = Room();

        Assert.AreEqual((Points.Zero, 0, null, null), (room.Left, room.Deductions.Count, room.CleanFrom(Clean), room.AgainFrom(Course)));
    }

    [TestMethod]
    public void Booked_ForADeduction_IsAtMostWhatTheRuleGivesAndWhatItStillCosts()
    {
        Decided("S01", -5_000, new(2017, 9, 1), "c-1");
        Assert.AreEqual("25.00", Booked(Clean));
        Repaired("R02", 2_500, new(2017, 12, 1), "c-1");
        Assert.AreEqual("15.00", Booked(Course));
        Repaired("R01", 1_500, new(2017, 12, 2), "c-1");
        Assert.AreEqual("10.00", Booked(Clean));
    }

    [TestMethod]
    public void Booked_ForADeductionWithHalfItsWeight_IsAtMostThat()
    {
        Decided("S02", -2_500, new(2017, 6, 30), "c-1");

        Assert.AreEqual("12.50", Booked(Clean));
    }

    [TestMethod]
    public void Deductions_InOrder_AreTheOldestDecisionFirstAndOnlyThoseThatStandAndCount()
    {
        Decided("S01", -5_000, new(2016, 12, 31), "c-gone");
        var reversed = Decided("S02", -2_500, new(2017, 8, 1), "c-reversed");
        Decided("S03", -2_500, new(2017, 10, 1), "c-later");
        Decided("S10", -500, new(2017, 9, 1), "c-first");
        Reversed(reversed);
        var twice = Decided("T01", -2_500, new(2017, 11, 1), "c-back");
        Reversed(Reversed(twice));

        var room = Room();

        Assert.AreEqual("c-first c-later c-back", string.Join(' ', room.Deductions.Select(deduction => deduction.Entry.Case)));
        Assert.AreEqual("55.00", room.Left.ToString());
    }

    [TestMethod]
    public void Left_OfAllTogether_IsNeverMoreThanWasLost()
    {
        Decided("S02", -2_500, new(2017, 9, 1), "c-1");
        Repaired("R02", 2_000, new(2017, 12, 1), "c-of-one-that-aged-out");

        Assert.AreEqual(("5.00", "25.00"), (Booked(Clean), Room().Deductions[0].Left.ToString()));
    }

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(1, true)]
    public void CleanFrom_OfThreeMonths_IsTheDayAfterThreeMonthsOfTheLastConduct(int days, bool isOver)
    {
        Decided("S02", -2_500, new(2017, 9, 10), "c-1", conductOn: new(2017, 8, 31));

        var asked = new DateOnly(2017, 11, 30).AddDays(days);

        Assert.AreEqual(isOver, Room(asked).CleanFrom(Clean) <= asked);
    }

    [TestMethod]
    public void CleanFrom_OfConductAfterTheDayItWasAskedFor_IsNotMovedByIt()
    {
        Decided("S02", -2_500, new(2017, 9, 1), "c-1");
        Decided("S10", -500, new(2017, 12, 14), "c-2", conductOn: new(2017, 12, 12));

        Assert.AreEqual(new DateOnly(2017, 12, 1), Room(new(2017, 12, 11)).CleanFrom(Clean));
        Assert.AreEqual(new DateOnly(2018, 3, 12), Room(new(2017, 12, 12)).CleanFrom(Clean));
    }

    [TestMethod]
    public void CleanFrom_OfADeductionThatWasReversed_IsNotMovedByIt()
    {
        Reversed(Decided("S02", -2_500, new(2017, 12, 1), "c-1"));

        Assert.IsNull(Room().CleanFrom(Clean));
    }

    [TestMethod]
    public void AgainFrom_OfARuleThatWasBooked_CountsFromTheDayItWasAskedFor()
    {
        Decided("S01", -5_000, new(2017, 1, 1), "c-1");
        Repaired("R01", 1_500, new(2017, 7, 20), "c-1", asked: new(2017, 7, 5));

        Assert.AreEqual((new DateOnly(2018, 7, 5), null), (Room().AgainFrom(Course), Room().AgainFrom(Clean)));
    }

    /// <summary>Whatever the history, what a repair books fits into the tally: nothing is cut off again as more than was lost.</summary>
    [TestMethod]
    public void Booked_OfRandomHistories_IsNeverCutOffByTheTally()
    {
        var (random, booked) = (new Random(20261130), 0);
        for (var history = 0; history < 2_000; history++)
        {
            _file.Clear();
            var month = new Month(2017, 1);
            for (; month <= December; month = month.Next)
            {
                for (var n = random.Next(3); n > 0; n--)
                    Decided("S02", -random.Next(1, 5_000), month.FirstDay.AddDays(random.Next(10)), $"c-{_file.Count}");
                if (_file.Count > 0 && random.Next(4) == 0)
                    Reverse(random);
                var room = RepairRoom.Of(Shipped.Rongcheng, month, _file, month.LastDay);
                if (room.Deductions.FirstOrDefault(one => room.Booked(Clean, one) > Points.Zero) is not { } deduction)
                    continue;
                Repaired("R02", (int)room.Booked(Clean, deduction).Hundredths, month.LastDay, deduction.Entry.Case);
                var lines = Tallier.Run(Shipped.Rongcheng, month, Facts, _file).Lines;
                Assert.IsFalse(lines.Any(line => line.Kind == LineKind.RepairLimit), $"history {history}, {month}");
                booked++;
            }
        }

        Assert.IsGreaterThan(1_000, booked);
    }

    private static DriverFacts Facts => new(Histories.Driver, 60, null);

    private void Reverse(Random random)
    {
        var standing = _file.Where(entry => entry.Kind == EntryKind.Decision && _file.All(other => other.Reverses != entry.Sequence)).ToList();
        if (standing.Count > 0)
            Reversed(standing[random.Next(standing.Count)]);
    }

    private RepairRoom Room(DateOnly? asked = null) => RepairRoom.Of(Shipped.Rongcheng, December, _file, asked ?? Today);

    private string Booked(RepairRule rule) => Room().Booked(rule, Room().Deductions[0]).ToString();

    private LedgerEntry Decided(string code, int hundredths, DateOnly on, string of, DateOnly? conductOn = null) =>
        Add(EntryKind.Decision, code, hundredths, conductOn ?? on, on, of, null);

    private void Repaired(string code, int hundredths, DateOnly on, string of, DateOnly? asked = null) =>
        Add(EntryKind.Repair, code, hundredths, asked ?? on, on, of, null);

    private LedgerEntry Reversed(LedgerEntry entry) =>
        Add(EntryKind.Reversal, entry.Code, (int)-entry.Points.Hundredths, entry.ConductOn, entry.DecidedOn, entry.Case, entry.Sequence);

    private LedgerEntry Add(EntryKind kind, string code, int hundredths, DateOnly conductOn, DateOnly on, string of, long? reverses)
    {
        _file.Add(new(_file.Count + 1, Histories.Driver, kind, code, new(hundredths), null, conductOn, on, of, reverses, new string('0', 64)));
        return _file[^1];
    }
}
