using System.Text.Json;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Generate.Tools;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.Netlist;

[TestClass]
public class NetlistTests
{
    private static readonly Lazy<IReadOnlyList<string>> Faulty = new(() => Violations(copy => copy
        .Replace("module.kicad_sch", "\"STAR_1\"", "\"STAR_9\"")
        .Replace("module.kicad_sch", "\"STAR_2\"", "\"parked\"")
        .Replace("module.kicad_sch", "\"SDA\"", "\"STAR_2\"")
        .Replace("module.kicad_sch", "\"parked\"", "\"SDA\"")
        .Replace("channel.kicad_sch", "(property \"Value\" \"1.96\"", "(property \"Value\" \"19.6\"")
        .Edit("supply.kicad_sch", text => RemovePart(text, "D1"))
        .Replace("supply.kicad_sch", "\"C7\"", "\"C77\"")
        .Edit("module.kicad_sch", text => RemovePart(text, "R17"))));

    [TestMethod]
    public void Schematic_ElectricalRules_AreClean() => Assert.AreEqual("", RuleCheck.OfSchematic(Repository.Kicad));

    [TestMethod]
    public void Netlist_AgainstPinMapAndPartsList_Agrees() =>
        Assert.AreEqual("", string.Join('\n', NetlistRules.Violations(CommittedNetlist.Board, Repository.Hardware)));

    // kicad-cli 9 resolves classes only for nets that are named on the root sheet; the others are looked up in the project file.
    [TestMethod]
    [DataRow("VBAT_IN", "Battery")]
    [DataRow("IGN_IN", "Battery")]
    [DataRow("VPROT", "Supply")]
    [DataRow("LED_RTN", "Light")]
    public void NetClasses_OfRootNets_AreSet(string net, string expected) =>
        Assert.AreEqual(expected, CommittedNetlist.Board.Nets.Single(item => item.Name == net).NetClass);

    [TestMethod]
    [DataRow("*VLED", "Rail")]
    [DataRow("*3V3", "Rail")]
    [DataRow("GND", "Rail")]
    [DataRow("*VHOLD", "Rail")]
    public void NetClasses_OfRails_HaveTheirPattern(string pattern, string expected)
    {
        using var project = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Kicad, "taxicredit.kicad_pro")));
        var patterns = project.RootElement.GetProperty("net_settings").GetProperty("netclass_patterns").EnumerateArray();
        Assert.AreEqual(expected, patterns.Single(item => item.GetProperty("pattern").GetString() == pattern).GetProperty("netclass").GetString());
    }

    // Faults that do not touch each other, in one copy: exporting a netlist costs more than all its rules.
    [TestMethod]
    [DataRow("renamed net", "STAR_1: GPIO18 is pin 30 of U1, which is on net STAR_9")]
    [DataRow("swapped pins", "STAR_2: GPIO19 is pin 31 of U1, which is on net SDA")]
    [DataRow("swapped pins", "SDA: GPIO21 is pin 33 of U1, which is on net STAR_2")]
    [DataRow("resistor ten times too large", "R10: value is '19.6' in the schematic, '1.96' in bom.csv")]
    [DataRow("resistor ten times too large", "R50: value is '19.6' in the schematic, '1.96' in bom.csv")]
    [DataRow("removed TVS", "D1 is in bom.csv and not in the schematic")]
    [DataRow("removed TVS", "D1: no TVS from the fused line to ground")]
    [DataRow("removed pull-down: not dark at reset", "LED_EN: no PD10k to GND")]
    [DataRow("part only in the schematic", "C7 is in bom.csv and not in the schematic")]
    [DataRow("part only in the schematic", "C77 is in the schematic and not in bom.csv")]
    public void Netlist_WithFault_IsNamed(string fault, string expected) =>
        Assert.Contains(expected, Faulty.Value, $"{fault}; found:\n{string.Join('\n', Faulty.Value)}");

    [TestMethod]
    public void Netlist_SafetyConnectionsCut_AreNamed() => AssertCaught(
        copy => copy
            .Edit("supply.kicad_sch", text => RemovePart(RemovePart(text, "D2"), "F1"))
            .Edit("channel.kicad_sch", text => RemovePart(RemovePart(text, "R10"), "D13"))
            .Replace("module.kicad_sch", "(label \"RESET_N\" (at 127 ", "(label \"bypassed\" (at 127 "),
        "D2: no reverse-battery diode behind the fuse",
        "F1: not at the battery input",
        "R10 does not stand between +VLED and IN of U11",
        "string of STAR_1 does not return through the shunt",
        "the watchdog does not switch the light off: U63 must be LED_EN AND RESET_N through U67, RESET_N driven by U20");

    [TestMethod]
    public void Netlist_WireOnFlashPin_IsNamed() => AssertCaught(
        copy => copy.Replace("module.kicad_sch", "(pin bidirectional line (at 21.59 -31.75 180)", "(pin bidirectional line (at 21.59 29.21 180)"),
        "pin 14 of U1 must stay open, but is on net STAR_1");

    [TestMethod]
    public void RuleCheck_PortWithoutPin_IsReported()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Replace("module.kicad_sch", "(hierarchical_label \"STAR_1\"", "(hierarchical_label \"STAR_9\"");
        Assert.Contains("STAR_1", RuleCheck.OfSchematic(copy.Folder));
    }

    private static void AssertCaught(Action<TempCopy> damage, params string[] expected)
    {
        var found = Violations(damage);
        foreach (string text in expected)
            Assert.Contains(text, found, string.Join('\n', found));
    }

    private static IReadOnlyList<string> Violations(Action<TempCopy> damage)
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        damage(copy);
        return NetlistRules.Violations(new Board(KicadCli.Netlist(copy.Folder)), Repository.Hardware);
    }

    private static string RemovePart(string sheet, string reference)
    {
        int field = sheet.IndexOf($"(property \"Reference\" \"{reference}\"", StringComparison.Ordinal);
        int start = sheet.LastIndexOf("\t(symbol (lib_id", field, StringComparison.Ordinal);
        int end = sheet.IndexOf("\n\t)\n", field, StringComparison.Ordinal) + 4;
        return sheet.Remove(start, end - start);
    }
}
