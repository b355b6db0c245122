using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Generated;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>The copper as a maker etches it: painted from the Gerber files and the drills, which know nothing of the netlist.</summary>
[TestClass]
public class CopperTests
{
    private static IReadOnlyList<CopperPad> Pads => Etched.Pads.Value;

    [TestMethod]
    public void Copper_OfTheGerberFiles_IsTheNetlist() => Assert.AreEqual("", string.Join('\n', Etched.Committed.Nets().DifferencesFrom(Pads)));

    [TestMethod]
    public void Copper_WithANetCut_IsNamedByGerberAndByKicad()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        string code = CodeOf(copy, "/PFAIL_N");
        copy.Edit(BoardFile.FileName, text => Regex.Replace(text, $"\t\\(segment [^\n]*\\(net {code}\\)[^\n]*\n", ""));
        Assert.Contains(difference => difference.StartsWith("/PFAIL_N is in ", StringComparison.Ordinal), Differences(copy.Folder));
        Assert.MatchesRegex("unconnected_items: .*PFAIL_N", RuleCheck.OfBoard(copy.Folder));
    }

    [TestMethod]
    public void Copper_WithTwoNetsShorted_IsNamedByGerberAndByKicad()
    {
        var (a, b) = (Pads.Single(pad => pad is { Part: "R71", Number: "2" }), Pads.Single(pad => pad is { Part: "R71", Number: "1" }));
        Assert.AreEqual("/SDA and +3V3", $"{a.Net} and {b.Net}");
        using var copy = TempCopy.Of(Repository.Kicad);
        const string id = "(uuid \"00000000-0000-4000-8000-000000000003\")";
        copy.Replace(BoardFile.FileName, "\t(embedded_fonts no)\n)\n", FormattableString.Invariant(
            $"\t(segment (start {BoardFile.X0 + a.X} {BoardFile.Y0 + a.Y}) (end {BoardFile.X0 + b.X} {BoardFile.Y0 + b.Y}) (width 0.2)")
            + $" (layer \"B.Cu\") (net {CodeOf(copy, b.Net)}) {id})\n"
            + "\t(embedded_fonts no)\n)\n");
        // The bridge may also cross the ground around the pads.
        Assert.MatchesRegex("(?m)^\\+3V3 and /SDA (and GND )?are one piece", string.Join('\n', Differences(copy.Folder)));
        Assert.MatchesRegex("shorting_items: .*(/SDA.*\\+3V3|\\+3V3.*/SDA)", RuleCheck.OfBoard(copy.Folder));
    }

    [TestMethod]
    public void Copper_AntennaAndPlanes_AreAsTheRulesSay()
    {
        var tracks = Track.Read(Repository.Kicad);
        Assert.IsEmpty(tracks.Where(track => Math.Max(track.X1, track.X2) + (track.Width / 2) > Housed.Antenna));
        foreach (var (net, least) in new[] { ("/VBAT_IN", 0.8), ("/IGN_IN", 0.3), ("/LED_RTN", 0.4) })
            Assert.IsEmpty(tracks.Where(track => track.Net == net && (track.Width < least || (track.IsVia && least > 0.5))), net);
        // What is narrower than the supply's width is a neck at a pad.
        foreach (string net in new[] { "/VPROT", "/supply/FUSED", "Net-(D2-K)" })
            Assert.IsEmpty(tracks.Where(track => track.Net == net && !track.IsVia && track.Width < 1)
                .Where(track => !Pads.Any(pad => pad.Net == net && pad.Distance(track.X1, track.Y1) < NetRule.Reach + 0.2)), net);
    }

    /// <summary>Four minutes: the router from scratch gives the committed copper.</summary>
    [TestMethod, TestCategory("hardware")]
    public void Router_FromScratch_GivesTheCommittedCopper()
    {
        var router = Current.Generation.NewRouter();
        var tracks = router.Route();
        Assert.IsEmpty(router.Open);
        Assert.AreEqual(Track.Write(Track.Read(Repository.Kicad)), Track.Write(tracks));
    }

    private static string CodeOf(TempCopy board, string net) =>
        Regex.Match(File.ReadAllText(Path.Combine(board.Folder, BoardFile.FileName)), $"\\(net (\\d+) \"{Regex.Escape(net)}\"\\)").Groups[1].Value;

    private static IReadOnlyList<string> Differences(string projectFolder) => Etched.Of(projectFolder).Nets().DifferencesFrom(Pads);
}
