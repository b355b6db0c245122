using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Netlist;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.Simulation;

[TestClass]
public class SimulationTests
{
    public static IEnumerable<object[]> Decks => Deck.Names.Select(name => new object[] { name });

    public static IEnumerable<object[]> Faults => Deck.Names.SelectMany(name => Deck.Read(name).Faults.Select(fault => new object[] { name, fault.Name }));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Values_FromNetlist_EqualCommittedFile()
    {
        string path = Path.Combine(Deck.Folder, ComponentValues.FileName);
        string drawn = ComponentValues.FromNetlist(new Board(KicadCli.Netlist(Repository.Kicad)));
        if (Repository.Regenerating)
            File.WriteAllText(path, drawn);
        Assert.AreEqual(drawn, File.ReadAllText(path));
    }

    [TestMethod]
    [DynamicData(nameof(Decks))]
    public void Deck_AsBuilt_KeepsItsLimits(string name)
    {
        var deck = Deck.Read(name);
        var measured = Ngspice.Measure(deck);
        foreach (var (quantity, value) in measured)
            TestContext.WriteLine("{0} = {1:G4}", quantity, value);
        Assert.AreEqual("", string.Join('\n', Ngspice.Broken(deck, measured)));
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Deck_WithFault_BreaksTheLimitsItNames(string name, string faultName)
    {
        var deck = Deck.Read(name);
        var fault = deck.Faults.Single(fault => fault.Name == faultName);
        var broken = Ngspice.Broken(deck, Ngspice.Measure(deck, fault));
        foreach (string limit in fault.Breaks)
            Assert.IsTrue(broken.Any(text => text.StartsWith($"{limit} = ", StringComparison.Ordinal)), $"{limit} still holds; broken:\n{string.Join('\n', broken)}");
    }

    [TestMethod]
    [DynamicData(nameof(Decks))]
    public void Deck_EveryLimit_IsBrokenBySomeFault(string name)
    {
        var deck = Deck.Read(name);
        Assert.AreEqual("", string.Join(' ', deck.Limits.Select(limit => limit.Name).Except(deck.Faults.SelectMany(fault => fault.Breaks))));
        Assert.AreEqual("", string.Join(' ', deck.Faults.SelectMany(fault => fault.Breaks).Except(deck.Limits.Select(limit => limit.Name))), "no such limit");
    }

    [TestMethod]
    [DynamicData(nameof(Decks))]
    public void Deck_Plot_IsCommitted(string name)
    {
        var deck = Deck.Read(name);
        string path = Path.Combine(Deck.Folder, "plots", $"{name}.svg");
        if (Repository.Regenerating && deck.Curves.Count > 0)
            File.WriteAllText(path, SvgPlot.Draw(deck, Ngspice.Trace(deck)));
        if (deck.Curves.Count > 0)
            Assert.Contains(deck.Title, File.ReadAllText(path), "run with REGENERATE=1");
    }
}
