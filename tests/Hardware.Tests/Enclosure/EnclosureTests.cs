using TaxiCredit.Hardware.Generate.Enclosure;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Generated;

namespace TaxiCredit.Hardware.Tests.Enclosure;

/// <summary>The solid, rendered by OpenSCAD and cut, and the board as KiCad exports it: two artefacts that know nothing of each other.</summary>
[TestClass]
public class EnclosureTests
{
    private static readonly Lazy<HousingSolids> Rendered = new(() => HousingSolids.Of(Current.Generation.Housing));
    private static readonly Lazy<BoardInHousing> Exported = new(() => BoardInHousing.Read(Repository.Kicad, Folder));

    private static string Folder => Path.Combine(Repository.Hardware, "enclosure");

    private static readonly double Mixing = Csv.Read(Path.Combine(Repository.Hardware, "light.csv"))
        .Single(row => row["id"] == "led_to_window").Number("value");

    private static HousingSolids Solids => Rendered.Value;

    private static BoardInHousing Board => Exported.Value;

    [TestMethod]
    public void Housing_AroundTheBoard_ShowsEachLightInItsWindow() => Assert.AreEqual("", Joined(new LightRules(Solids, Board, Mixing).Faults()));

    [TestMethod]
    public void Housing_AroundTheBoard_GoesTogether() => Assert.AreEqual("", Joined(new AssemblyRules(Solids, Board).Faults()));

    [TestMethod]
    public void Housing_Mirrored_IsReported()
    {
        string faults = Joined(new LightRules(Solids.Mirrored(), Board, Mixing).Faults());
        Assert.Contains("bar: its window is 14.", faults);
        Assert.Contains("star 4: its window is 13.0 x 5.7 mm, the shape of another light", faults);
        Assert.Contains("Q1: no window before it", faults);
        string assembly = Joined(new AssemblyRules(Solids.Mirrored() with { Front = Solids.Front }, Board).Faults());
        Assert.Contains("J1: no opening for the plug", assembly);
        Assert.Contains("SW1: not under its hole in the lid", assembly);
    }

    [TestMethod]
    public void Front_WithAWindowTwoMillimetresOffAndDiffusersTooNear_IsReported()
    {
        using var copy = TempCopy.Of(Folder);
        copy.Replace("housing.scad", "translate([channel_x(i), 0]) window(i);", "translate([channel_x(i) + (i == 3 ? 2 : 0), 0]) window(i);")
            .Replace("housing.scad", "mixing = 11;", "mixing = 9;");
        var housing = new RenderedHousing(copy.Folder);
        string faults = Joined(new LightRules(Solids with { Front = housing["front"], Diffusers = housing["diffusers"] }, Board, Mixing).Faults());
        Assert.Contains("star 3: its window lies 2.0 mm to the right and ", faults);
        Assert.EndsWith("LED to diffuser: 9.0 mm, not 11", faults);
    }

    [TestMethod]
    public void Lid_ThatDoesNotFit_IsReported()
    {
        using var copy = TempCopy.Of(Folder);
        copy.Replace("housing.scad", "floor_t = 3;", "floor_t = 1;").Replace("housing.scad", "plug = [22, 39];", "plug = [24, 39];")
            .Replace("housing.scad", "back_depth = 20;", "back_depth = 17;").Replace("housing.scad", "tamper_height = 7;", "tamper_height = 9;");
        string faults = Joined(new AssemblyRules(Solids with { Lid = new RenderedHousing(copy.Folder)["lid"] }, Board).Faults());
        Assert.Contains("screw at -71, 19: 7.4 mm of it in the insert", faults);
        Assert.Contains("J1: the plug does not go through its opening of 14.0 x 13.0 mm", faults);
        Assert.Contains("J1: inside a wall of the housing", faults);
        Assert.Contains("C9: inside a wall of the housing", faults);
        Assert.Contains("sticker: lies over a hole of the lid", Joined(new AssemblyRules(Solids with { Sticker = Solids.Sticker.Mirrored() }, Board).Faults()));
        Assert.Contains("SW2: the lid's lug ends 9.0 mm above the board, not 7", faults);
    }

    [TestMethod]
    public void LightSensor_OnTheCabinsSide_IsReported()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Replace("taxicredit.kicad_pcb", "(footprint \"LED_SMD:LED_0805_2012Metric\" (layer \"F.Cu\")",
            "(footprint \"LED_SMD:LED_0805_2012Metric\" (layer \"B.Cu\")");
        Assert.Contains("Q1: looks to the cabin", Joined(new LightRules(Solids, BoardInHousing.Read(copy.Folder, Folder), Mixing).Faults()));
    }

    private static string Joined(IEnumerable<string> faults) => string.Join('\n', faults);
}
