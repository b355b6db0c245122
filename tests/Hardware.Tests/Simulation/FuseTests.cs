using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Generated;

namespace TaxiCredit.Hardware.Tests.Simulation;

[TestClass]
public class FuseTests
{
    private const string Melting = "F1.melting,F1,nominal melting integral,,8.2,,";

    private static readonly Lazy<Dictionary<string, double>> Measured = new(() => FuseRules.Pulses.ToDictionary(pulse => pulse.Deck,
        pulse => Current.Generation.AsBuilt(Current.Generation.Decks.Single(deck => deck.Name == pulse.Deck)).Measured["i2t"]));

    [TestMethod]
    public void Fuse_OnEveryPulse_KeepsTwiceTheMargin() =>
        Assert.AreEqual("", string.Join('\n', FuseRules.Violations(Repository.Hardware, Measured.Value)));

    // Revision A's 0437001.WR: fast, 0.100 A2s. It opened on the first load dump; here the hot plug alone does it.
    [TestMethod]
    public void Fuse_OfRevisionA_IsNamed()
    {
        var found = Violations(Melting, "F1.melting,F1,nominal melting integral,,0.1,,");
        Assert.IsTrue(found.Any(text => text.StartsWith("F1: inrush takes", StringComparison.Ordinal)), string.Join('\n', found));
        Assert.IsTrue(found.Any(text => text.StartsWith("F1: pulse_1 takes", StringComparison.Ordinal)), string.Join('\n', found));
    }

    [TestMethod]
    [DataRow(0.5, true)]
    [DataRow(0.99, true)]
    [DataRow(1.01, false)]
    public void Fuse_OfAShareOfTheIntegralThatIsNeeded_IsNamedBelowIt(double share, bool isNamed)
    {
        double needed = 2 * Measured.Value["inrush"] / 0.38;
        string value = (needed * share).ToString(CultureInfo.InvariantCulture);
        var found = Violations(Melting, $"F1.melting,F1,nominal melting integral,,{value},,");
        Assert.AreEqual(isNamed, found.Any(text => text.StartsWith("F1: inrush takes", StringComparison.Ordinal)), string.Join('\n', found));
    }

    [TestMethod]
    [DataRow("harness fuse as large as revision A's option", "board.harness_fuse,board,blade fuse,,3,", "board.harness_fuse,board,blade fuse,,10,",
        "harness fuse: larger than a contact of J1 carries")]
    [DataRow("F1 as large as the harness fuse", "F1.rating,F1,rated current,,2,", "F1.rating,F1,rated current,,3,", "F1: not smaller than the harness fuse")]
    [DataRow("F1 too small for the load in the heat", "F1.rating,F1,rated current,,2,", "F1.rating,F1,rated current,,1,", "F1: 0.5 A of load is more than half of the 0.7 A that are left at 95 C")]
    public void Fuse_AgainstItsNeighbours_IsNamed(string fault, string from, string to, string expected)
    {
        var found = Violations(from, to);
        Assert.Contains(expected, found, $"{fault}:\n{string.Join('\n', found)}");
    }

    private static IReadOnlyList<string> Violations(string from, string to)
    {
        using var copy = TempCopy.OfTables();
        copy.Replace("facts.csv", from, to);
        return FuseRules.Violations(copy.Folder, Measured.Value);
    }
}
