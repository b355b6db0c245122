using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Drawing.Symbols;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Netlist;

[TestClass]
public class FootprintTests
{
    private const string KicadFootprints = "/usr/share/kicad/footprints";

    [TestMethod]
    public void Footprints_OfEveryPart_HaveAPadForEveryPin()
    {
        var missing = from sheet in new Schematic(Repository.Hardware).Sheets
                      from part in sheet.Parts
                      where part.Fields.Footprint != ""
                      from text in MissingPads(part.ReferenceFor(1), part.Symbol, part.Fields.Footprint)
                      select text;
        Assert.AreEqual("", string.Join('\n', missing.Distinct()));
    }

    [TestMethod]
    public void Footprints_OfOtherPackage_AreNamed() => Assert.Contains("U20: Package_TO_SOT_SMD:SOT-353_SC-70-5 has no pad 9",
        MissingPads("U20", Library.Symbols["TPS3431"], "Package_TO_SOT_SMD:SOT-353_SC-70-5"));

    private static IEnumerable<string> MissingPads(string reference, Symbol symbol, string footprint)
    {
        string[] name = footprint.Split(':');
        string folder = name[0] == Library.Name ? Repository.Kicad : KicadFootprints;
        string path = Path.Combine(folder, $"{name[0]}.pretty", $"{name[1]}.kicad_mod");
        if (!File.Exists(path))
            return [$"{reference}: footprint {footprint} does not exist"];
        var pads = SExpression.Parse(File.ReadAllText(path)).All("pad").Select(pad => pad.Value).ToHashSet();
        return symbol.Pins.Where(pin => !pads.Contains(pin.Number)).Select(pin => $"{reference}: {footprint} has no pad {pin.Number}");
    }
}
