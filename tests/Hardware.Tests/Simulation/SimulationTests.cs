using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Simulation;
using TaxiCredit.Hardware.Tests.Generated;

namespace TaxiCredit.Hardware.Tests.Simulation;

[TestClass]
public class SimulationTests
{
    private static readonly string Folder = Path.Combine(Repository.Hardware, "sim");

    public static IEnumerable<object[]> Decks => Current.Generation.Decks.Select(deck => new object[] { deck.Name });

    public static IEnumerable<object[]> Faults =>
        Current.Generation.Decks.SelectMany(deck => deck.Faults.Select(fault => new object[] { deck.Name, fault.Name }));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Decks))]
    public void Deck_AsBuilt_KeepsItsLimits(string name)
    {
        var deck = Named(name);
        var measured = Current.Generation.AsBuilt(deck).Measured;
        foreach (var (quantity, value) in measured)
            TestContext.WriteLine("{0} = {1:G4}", quantity, value);
        Assert.AreEqual("", string.Join('\n', Limits.Broken(deck, measured)));
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Deck_WithFault_BreaksTheLimitsItNames(string name, string faultName)
    {
        var deck = Named(name);
        var fault = deck.Faults.Single(fault => fault.Name == faultName);
        var broken = Limits.Broken(deck, Ngspice.Measure(Folder, deck, fault));
        foreach (string limit in fault.Breaks)
        {
            bool isBroken = broken.Any(text => text.StartsWith($"{limit} = ", StringComparison.Ordinal));
            Assert.IsTrue(isBroken, $"{limit} still holds; broken:\n{string.Join('\n', broken)}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Decks))]
    public void Deck_EveryLimit_IsBrokenBySomeFault(string name)
    {
        var deck = Named(name);
        Assert.AreEqual("", string.Join(' ', deck.Limits.Select(limit => limit.Name).Except(deck.Faults.SelectMany(fault => fault.Breaks))));
        Assert.AreEqual("", string.Join(' ', deck.Faults.SelectMany(fault => fault.Breaks).Except(deck.Limits.Select(limit => limit.Name))), "no such limit");
    }

    private static Deck Named(string name) => Current.Generation.Decks.Single(deck => deck.Name == name);
}
