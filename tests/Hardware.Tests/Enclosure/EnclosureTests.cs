using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Enclosure;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Enclosure;

[TestClass]
public class EnclosureTests
{
    private static string Folder { get; } = Path.Combine(Repository.Hardware, "enclosure");

    private static Housing Housing { get; } = Housing.Read(Repository.Hardware);

    [TestMethod]
    [DataRow("front")]
    [DataRow("back")]
    public void Housing_Part_IsASolid(string part)
    {
        using var output = new TempFolder();
        string target = output["part.stl"];
        var done = Run.Tool(Folder, "openscad", "-D", $"part=\"{part}\"", "-o", target, "housing.scad");
        Assert.AreEqual(0, done.Status, done.Output);
        Assert.DoesNotContain("WARNING", done.Output);
        Assert.IsGreaterThan(10_000, new FileInfo(target).Length);
    }

    [TestMethod]
    public void Housing_BoardOutline_FitsTheBoard()
    {
        Assert.AreEqual(Outline.Width, Housing["board_x"]);
        Assert.AreEqual(Outline.Height, Housing["board_z"]);
        Assert.AreEqual(Outline.HoleInset, Housing["hole_inset"]);
        Assert.AreEqual(Outline.Thickness, Housing["board_t"]);
        Assert.AreEqual(Outline.PipeHole, Housing["pipe_d"] + 0.4, 1e-9);
        for (int i = 0; i < Housing.Channels; i++)
            Assert.AreEqual(Outline.ChannelX(i), Housing.ChannelX(i), 1e-9);
    }

    [TestMethod]
    public void Housing_Windows_StayApartAndInside()
    {
        Assert.IsGreaterThan(2 * Housing["star_r"], Housing["pitch"], "stars touch");
        Assert.IsLessThan(Housing["board_x"] / 2, Housing.ChannelX(4) + Housing["star_r"], "the outer star leaves the housing");
    }
}
