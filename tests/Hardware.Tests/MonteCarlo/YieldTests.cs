using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Generate.Simulation;
using TaxiCredit.Hardware.Tests.Generated;
using TaxiCredit.Hardware.Tests.Netlist;

namespace TaxiCredit.Hardware.Tests.MonteCarlo;

[TestClass]
public class YieldTests
{
    private const int Boards = 1000;
    private const int Seed = 20261130;

    private static readonly Dictionary<string, TableRow> Facts = Csv.Read(Path.Combine(Repository.Hardware, "facts.csv")).ToDictionary(fact => fact["id"]);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(-40)]
    [DataRow(25)]
    [DataRow(95)]
    public void Yield_OfAThousandBoards_IsNineHundredNinetyFive(int celsius)
    {
        TestContext.WriteLine("seed {0}", Seed);
        var yields = Yields(CommittedNetlist.Board, celsius);
        foreach (var (name, works) in yields)
            TestContext.WriteLine("{0} C: {1} of {2}: {3}", celsius, works, Boards, name);
        Assert.AreEqual("", string.Join('\n', yields.Where(item => item.Works < 995).Select(item => $"{item.Name}: {item.Works} of {Boards}")));
    }

    // What revision A had, and what a slip would: each must cost boards.
    [TestMethod]
    [DataRow("R2", "12.4k", -40, "full light with the engine running")]
    [DataRow("R66", "47k", 25, "ignition on at 6 V")]
    [DataRow("R60", "0.22", 25, "lit channels counted at night")]
    [DataRow("R7", "100k", 25, "power fail between the light and the module")]
    [DataRow("R53", "1M", 25, "no false alarm, and diagnosis on")]
    [DataRow("R10", "1.69", 25, "LED current at most 56 mA")]
    [DataRow("R5", "49.9k", 25, "3.3 V within the module's limits")]
    [DataRow("C18", "680n", 95, "watchdog within 55 to 98 s")]
    [DataRow("C9", "330u", -40, "hold-up of 30 ms with an aged capacitor")]
    public void Yield_WithAnotherValue_Falls(string reference, string value, int celsius, string name) =>
        Assert.IsLessThan(995, Yields(CommittedNetlist.Board.With(reference, value), celsius).Single(item => item.Name == name).Works);

    /// <summary>The cold deck itself, with drawn feedback, resistors and strings: slow, and agrees with the arithmetic above.</summary>
    [TestMethod]
    [TestCategory("hardware")]
    public void Yield_OfTheColdDeck_IsNineHundredNinetyFive()
    {
        var deck = Current.Generation.Decks.Single(deck => deck.Name == "cold");
        string folder = Path.Combine(Repository.Hardware, "sim");
        int works = 0;
        Parallel.For(0, Boards, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var board = new Draw(CommittedNetlist.Board, Facts, new Random(Seed + i), -40);
            double typical = 3 * 1.99;
            double longest = Enumerable.Range(1, 5).Max(channel => Enumerable.Range(0, 3).Sum(led =>
                board.Fact("D11.forward", (10 * channel) + led) - (0.065 * board.Fact("D11.forward_cold", channel))));
            var changes = new[] { "R1", "R2", "R53", "R54", "R10", "R20", "R60" }.ToDictionary(name => name, name => Text(board.R(name)));
            changes["VFB"] = Text(board.Fact("U2.feedback"));
            changes["VFX"] = Text(longest - typical);
            var measured = Ngspice.Measure(folder, deck, new Fault("drawn", changes, []));
            bool isGood = measured["led14"] > 0.045 && measured["fault"] > 2.5;
            if (isGood)
                Interlocked.Increment(ref works);
        });
        TestContext.WriteLine("seed {0}: {1} of {2}", Seed, works, Boards);
        Assert.IsGreaterThanOrEqualTo(995, works);
    }

    private static List<(string Name, int Works)> Yields(Board design, int celsius)
    {
        var random = new Random(Seed + celsius);
        var drawn = Enumerable.Range(0, Boards).Select(_ => new Draw(design, Facts, random, celsius)).ToList();
        return [.. Functions.All.Select(function => (function.Name, drawn.Count(function.Works)))];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
