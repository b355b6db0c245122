using TaxiCredit.Hardware.Generate.Budget;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Tests.Netlist;

namespace TaxiCredit.Hardware.Tests.Budget;

[TestClass]
public class BudgetTests
{
    [TestMethod]
    public void Budget_AsCommitted_KeepsEveryRequirement() => Assert.AreEqual("", string.Join('\n', BudgetRules.Violations(Repository.Hardware)));

    [TestMethod]
    public void Budget_RailAndShunt_AreTheSchematics()
    {
        var light = LightBudget.Read(Repository.Hardware);
        double Of(string reference) => Quantity.Read(CommittedNetlist.Board.Components[reference].Value);
        Assert.AreEqual(1 + (Of("R1") / Of("R2")), light["led_rail"], 0.01);
        Assert.AreEqual(5 * 0.05 * Of("R60"), light["shunt_voltage"], 0.01);
    }

    // Revision A's window: white opal in a light chamber, no filter.
    [TestMethod]
    public void Window_OfRevisionA_LosesItsContrast()
    {
        var found = Violations(
            ("light.csv", "diffuser_reflectance,0.06,", "diffuser_reflectance,0.5,"),
            ("light.csv", "filter_transmission,0.67,", "filter_transmission,1,"),
            ("light.csv", "chamber_reflectance,0.04,", "chamber_reflectance,0.7,"),
            ("light.csv", "diffuser_transmission,0.88,", "diffuser_transmission,0.45,"));
        AssertNamed(found, "in the sun a lit star over an unlit one is ");
    }

    [TestMethod]
    [DataRow("light.csv", "filter_transmission,0.67,", "filter_transmission,0.53,", "the dimmest unit gives 6")]
    [DataRow("facts.csv", "luminous intensity,1.4,,5.6,", "luminous intensity,1.4,,56,", "glare: ")]
    [DataRow("light.csv", "led_to_window,11,", "led_to_window,9,", "a star is uneven by 1 : 3.")]
    [DataRow("enclosure/housing.scad", "led_ring = 3.6;", "led_ring = 7;", "a star is uneven by 1 : ")]
    [DataRow("enclosure/housing.scad", "led_row = 5.4;", "led_row = 0.5;", "the bar is uneven by 1 : ")]
    [DataRow("enclosure/housing.scad", "pitch = 28;", "pitch = 19;", "the gap between windows is 1.0")]
    [DataRow("enclosure/housing.scad", "bar_w = 13;", "bar_w = 11;", "the bar has 63 mm2 and a star 74")]
    [DataRow("light.csv", "day_lux,40000,", "day_lux,6000,", "at 4000 lx ")]
    [DataRow("light.csv", "calibrated_highest,11000,", "calibrated_highest,12000,", "at 4 lx 152 to 240 cd/m2, EN 12966 asks 45 to 225")]
    [DataRow("facts.csv", "dominant wavelength of groups 4 to 6,586,", "dominant wavelength of groups 4 to 6,583,",
        "an LED of 583 nm is outside the yellow of EN 12966")]
    [DataRow("light.csv", "air_rise,4,", "air_rise,5,", "at 65 C the module stands in 80.7 C")]
    [DataRow("light.csv", "module_air,80,", "module_air,81,", "the module's air has no 5 K to its rating")]
    [DataRow("light.csv", "dim_from,85,", "dim_from,20,", "at 65 C the firmware dims to ")]
    [DataRow("light.csv", "led_rail,10.52,", "led_rail,25,", "a driver's junction is above 125 C")]
    [DataRow("light.csv", "led_power,0.108,", "led_power,0.25,", "at 65 C an LED's junction is at ")]
    public void Budget_WithFault_IsNamed(string file, string from, string to, string expected) => AssertNamed(Violations((file, from, to)), expected);

    [TestMethod]
    [DataRow(584, false)]
    [DataRow(586, true)]
    [DataRow(595, true)]
    [DataRow(598, false)]
    public void Yellow_AtItsEdges_IsDecided(double nanometres, bool isYellow) => Assert.AreEqual(isYellow, SignLevels.IsYellow(nanometres));

    [TestMethod]
    [DataRow(3.0, 0.02)]
    [DataRow(4.0, 0.02)]
    [DataRow(400.0, 0.1414)]
    [DataRow(40_000.0, 1)]
    [DataRow(60_000.0, 1)]
    public void Duty_OverTheLight_IsStraightOnLogarithmicPaper(double lux, double expected) =>
        Assert.AreEqual(expected, LightBudget.Read(Repository.Hardware).Duty(lux), 0.0001);

    [TestMethod]
    public void Heat_WithMoreAirAround_DimsAndNeverExceedsTheDimming()
    {
        var light = LightBudget.Read(Repository.Hardware);
        var states = Enumerable.Range(0, 18).Select(i => ThermalBudget.Settle(light, i * 5)).ToList();
        Assert.IsTrue(states.Zip(states.Skip(1)).All(pair => pair.Second.Duty <= pair.First.Duty && pair.Second.Board > pair.First.Board));
        Assert.AreEqual(1, states[0].Duty, 1e-6);
    }

    private static void AssertNamed(IReadOnlyList<string> found, string expected) =>
        Assert.IsTrue(found.Any(text => text.StartsWith(expected, StringComparison.Ordinal)), $"expected '{expected}', found:\n{string.Join('\n', found)}");

    private static IReadOnlyList<string> Violations(params (string File, string From, string To)[] changes)
    {
        using var copy = new TempFolder();
        copy.CopyFrom(Repository.Hardware, "*.csv").CopyFrom(Path.Combine(Repository.Hardware, "enclosure"), "*.scad", into: "enclosure");
        foreach (var (file, from, to) in changes)
        {
            string text = File.ReadAllText(copy[file]);
            Assert.Contains(from, text);
            File.WriteAllText(copy[file], text.Replace(from, to, StringComparison.Ordinal));
        }

        return BudgetRules.Violations(copy.Path);
    }
}
