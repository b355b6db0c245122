using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>The two pictures of the board in README are of the board that is committed.</summary>
[TestClass]
public class RenderTests
{
    private const string Models = "/usr/share/kicad/3dmodels";

    /// <summary>Half a minute, and KiCad's models of parts, which are a gigabyte that nothing else needs.</summary>
    [TestMethod, TestCategory("hardware")]
    public void Renders_MadeAgain_AreTheCommitted()
    {
        if (!Directory.Exists(Models))
            Assert.Inconclusive($"{Models} is missing (Debian: kicad-packages3d)");
        using var copy = new TempFolder();
        copy.CopyFrom(Repository.Hardware, "render-board").CopyFrom(Repository.Kicad, depth: SearchOption.AllDirectories, into: "kicad");
        Run.Tool(TimeSpan.FromMinutes(5), copy.Path, "/bin/sh", copy["render-board"]).Succeeded();
        foreach (string picture in new[] { "board-street.png", "board-cabin.png" })
            Assert.IsTrue(File.ReadAllBytes(copy[picture]).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Repository.Hardware, picture))),
                $"{picture} is not of this board; run: hardware/render-board");
    }
}
