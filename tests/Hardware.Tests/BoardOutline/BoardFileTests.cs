using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.BoardOutline;

[TestClass]
public class BoardFileTests
{
    // Where the board's upper left corner lies on KiCad's page.
    private const double X0 = BoardFile.X0;
    private const double Y0 = BoardFile.Y0;

    [TestMethod]
    public void Board_DesignRules_AreClean() => Assert.AreEqual("", RuleCheck.OfBoard(Repository.Kicad));

    [TestMethod]
    public void Board_Size_IsTheOneThatIsBought()
    {
        var board = Csv.Read(Path.Combine(Repository.Hardware, "bom.csv")).Single(row => row["refs"] == "PCB");
        Assert.Contains(FormattableString.Invariant($"PCB {Outline.Width} x {Outline.Height} mm, {Outline.Thickness} mm"), board["description"]);
    }

    [TestMethod]
    public void Board_PartsInTheWrongPlace_AreReported()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Edit(BoardFile.FileName, text => Moved(Moved(Moved(Moved(text, "D1", 60, 42), "U65", 100, 20), "Q1", 30, 12), "L1", 20, 22));
        string report = RuleCheck.OfBoard(copy.Folder);
        Assert.Contains("protection at the plug", report);
        Assert.Contains("thermometer among the LED drivers", report);
        Assert.Contains("light sensor looks to the street", report);
        Assert.MatchesRegex("courtyards_overlap: .*L1", report);
    }

    [TestMethod]
    public void Board_PartsOnTheWrongSide_AreReported()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Edit(BoardFile.FileName, text => Flipped(Flipped(text, "U65"), "Q1"));
        string report = RuleCheck.OfBoard(copy.Folder);
        Assert.Contains("thermometer among the LED drivers", report);
        Assert.Contains("light sensor looks to the street", report);
    }

    [TestMethod]
    public void Board_CopperUnderTheAntennaAndAForeignNet_AreReported()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Replace(BoardFile.FileName, "\t(embedded_fonts no)\n)",
            """
            (segment (start 205 70) (end 208 70) (width 0.2) (layer "F.Cu") (net 0) (uuid "00000000-0000-4000-8000-000000000001"))
            (via (at 206 80) (size 0.6) (drill 0.3) (layers "F.Cu" "B.Cu") (net 0) (uuid "00000000-0000-4000-8000-000000000002"))
            (embedded_fonts no)
            )
            """);
        copy.Edit(BoardFile.FileName, text => InPart(text, "R60", part =>
            Regex.Replace(part, "(?<=\\(pad \"1\".*)\\(net \\d+ \"[^\"]*\"\\)", "(net 1 \"+3V3\")")));
        string report = RuleCheck.OfBoard(copy.Folder);
        Assert.MatchesRegex("items_not_allowed: .*Track", report);
        Assert.MatchesRegex("items_not_allowed: .*Via", report);
        Assert.MatchesRegex("net_conflict: .*Pad 1 .*of R60", report);
    }

    private static string Moved(string board, string reference, double x, double y) => InPart(board, reference, part =>
        new Regex("(?<=uuid \"[^\"]*\"\\) )\\(at [^)]*\\)").Replace(part, FormattableString.Invariant($"(at {X0 + x} {Y0 + y})"), 1));

    private static string Flipped(string board, string reference) =>
        InPart(board, reference, part => part.Replace("\"F.", "\"B.", StringComparison.Ordinal));

    private static string InPart(string board, string reference, Func<string, string> change)
    {
        int start = board.LastIndexOf("\t(footprint ", board.IndexOf($"\"Reference\" \"{reference}\"", StringComparison.Ordinal), StringComparison.Ordinal);
        int end = board.IndexOf("\n\t)\n", start, StringComparison.Ordinal);
        string part = board[start..end];
        string changed = change(part);
        return changed != part ? board[..start] + changed + board[end..] : throw new InvalidOperationException($"{reference} is as it was");
    }
}
