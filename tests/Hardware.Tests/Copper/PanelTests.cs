using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Production;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>The panel's own Gerber files against the board's: four times the same copper and the same holes, and what a line of machines needs.</summary>
[TestClass]
public class PanelTests
{
    private static readonly Lazy<TempFolder> Written = new(() =>
    {
        var folder = new TempFolder();
        Outputs.WritePanel(Repository.Kicad, folder.Path);
        return folder;
    });

    [ClassCleanup]
    public static void Delete()
    {
        if (Written.IsValueCreated)
            Written.Value.Dispose();
    }

    [TestMethod, TestCategory("hardware")]
    public void Panel_CopperOfEachBoard_IsTheBoards()
    {
        for (int layer = 0; layer < Outputs.CopperFiles.Length; layer++)
        {
            string text = File.ReadAllText(Written.Value["panel" + Outputs.CopperFiles[layer]["taxicredit".Length..]]);
            var board = Etched.Committed.Layers[layer].Copper;
            foreach (var (x, y) in Panel.Offsets)
            {
                var copper = new GerberLayer(text, BoardFile.X0 + x, -BoardFile.Y0 - y, Outline.Width, Outline.Height).Copper;
                Assert.AreEqual(0, copper.Zip(board).Count(pair => pair.First != pair.Second), $"{Outputs.CopperFiles[layer]} at {x}, {y}");
            }
        }
    }

    [TestMethod, TestCategory("hardware")]
    public void Panel_Holes_AreTheBoardsToolingAndTabs()
    {
        var board = Regex.Count(Etched.Committed.Drill, @"^X.*Y.*$", RegexOptions.Multiline);
        Assert.AreEqual(4 * board, Regex.Count(File.ReadAllText(Written.Value["panel-PTH.drl"]), @"^X.*Y.*$", RegexOptions.Multiline));
        string bare = File.ReadAllText(Written.Value["panel-NPTH.drl"]);
        Assert.AreEqual(Panel.ToolingHoles.Count, HolesOf(bare, Panel.Tooling));
        // Each board breaks off along two edges.
        Assert.AreEqual(4 * 2 * Panel.Tabs.Count * Panel.BitesOfATab, HolesOf(bare, Panel.Bite));
    }

    [TestMethod]
    public void Panel_Tabs_KeepAwayFromCeramicCapacitorsAndTheAntenna()
    {
        // Breaking bends the board; 5 mm beside the break it no longer cracks a capacitor.
        var tooNear = from pad in Etched.Pads.Value
                      where pad.Part[0] == 'C' && pad.Part is not "C2" and not "C9"
                      from tab in Panel.Tabs
                      from edge in new[] { 0, Outline.Height }
                      where Math.Abs(pad.X - tab) < (Panel.Tab / 2) + 5 && Math.Abs(pad.Y - edge) < 5
                      select $"{pad.Part} at the tab at {tab}, {edge}";
        Assert.AreEqual("", string.Join('\n', tooNear.Distinct()));
        Assert.IsLessThan(Housed.Antenna - 5, Panel.Tabs.Max());
    }

    [TestMethod]
    public void Panel_Fiducials_TellWhichWayItLies()
    {
        var turned = Panel.Fiducials.Select(at => (Panel.Width - at.X, Panel.Height - at.Y)).ToHashSet();
        Assert.HasCount(3, Panel.Fiducials);
        Assert.IsFalse(Panel.Fiducials.All(turned.Contains));
    }

    // Excellon: a line for each tool, then its places below the tool's name.
    private static int HolesOf(string drill, double diameter)
    {
        string size = diameter.ToString("0.000", CultureInfo.InvariantCulture);
        var tools = Regex.Matches(drill, @"^(T\d+)C([\d.]+)$", RegexOptions.Multiline)
            .Where(tool => tool.Groups[2].Value == size).Select(tool => tool.Groups[1].Value).ToHashSet();
        string current = "";
        int holes = 0;
        foreach (string line in drill.Split('\n'))
        {
            if (Regex.IsMatch(line, @"^T\d+$"))
                current = line;
            else if (line.StartsWith('X') && tools.Contains(current))
                holes++;
        }

        return holes;
    }
}
