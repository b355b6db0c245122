using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Drawing;

[TestClass]
public class DrawingTests
{
    private static Schematic Drawn { get; } = new(Repository.Hardware);

    [TestMethod]
    public void Schematic_EverySheet_HasNoTextOnText() =>
        Assert.AreEqual("", string.Join('\n', Drawn.Sheets.SelectMany(Legibility.Collisions)));

    [TestMethod]
    public void Legibility_NoteOnPart_IsNamed()
    {
        var sheet = new Schematic(Repository.Hardware).Sheets.First(sheet => sheet.File == "supply.kicad_sch");
        sheet.Note(116, 44, "on the converter");
        Assert.Contains("supply.kicad_sch: 'on the converter' lies on 'body of U2'", Legibility.Collisions(sheet));
    }

    [TestMethod]
    public void Legibility_NoteOutsideFrame_IsNamed()
    {
        var sheet = new Schematic(Repository.Hardware).Sheets[0];
        sheet.Note(220, 20, "a long note that leaves the page");
        Assert.Contains($"{Schematic.Root}: 'a long note that leaves the page' leaves the frame", Legibility.Collisions(sheet));
    }
}
