using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.BoardOutline;

[TestClass]
public class BoardFileTests
{
    private const string FileName = "taxicredit.kicad_pcb";

    [TestMethod]
    public void Board_WrittenAgain_EqualsCommittedFile()
    {
        string path = Path.Combine(Repository.Kicad, FileName);
        if (Repository.Regenerating)
            File.WriteAllText(path, BoardFile.Write());
        Assert.AreEqual(BoardFile.Write(), File.ReadAllText(path));
    }

    [TestMethod]
    public void Board_DesignRules_AreClean() => Assert.AreEqual("", RuleCheck(Repository.Kicad));

    [TestMethod]
    public void Board_CopperUnderTheAntenna_IsReported()
    {
        using var copy = new TempCopy(Repository.Kicad);
        copy.Replace(FileName, "\t(embedded_fonts no)",
            "\t(segment (start 173 70) (end 177 70) (width 0.2) (layer \"F.Cu\") (net 0) (uuid \"00000000-0000-4000-8000-000000000001\"))\n\t(embedded_fonts no)");
        Assert.Contains("antenna", RuleCheck(copy.Folder));
    }

    [TestMethod]
    [DataRow(131, 95, "F.Cu", false)]
    [DataRow(131, 95, "B.Cu", true)]
    [DataRow(160, 80, "F.Cu", true)]
    public void Board_Thermometer_IsReportedOnlyAwayFromTheDrivers(int x, int y, string layer, bool reported)
    {
        using var copy = new TempCopy(Repository.Kicad);
        string side = layer[..1];
        copy.Replace(FileName, "\t(embedded_fonts no)",
            $"""
            (footprint "U65" (layer "{layer}") (uuid "00000000-0000-4000-8000-000000000002") (at {x} {y}) (attr smd)
            (property "Reference" "U65" (at 0 -2 0) (layer "{side}.Fab") (uuid "00000000-0000-4000-8000-000000000003") (effects (font (size 1 1) (thickness 0.15))))
            (fp_rect (start -1.2 -1.1) (end 1.2 1.1) (stroke (width 0.05) (type default)) (fill no) (layer "{side}.CrtYd") (uuid "00000000-0000-4000-8000-000000000004"))
            (pad "1" smd rect (at 0 0) (size 0.6 0.4) (layers "{layer}" "{side}.Mask") (uuid "00000000-0000-4000-8000-000000000005"))
            )
            (embedded_fonts no)
            """);
        Assert.AreEqual(reported, RuleCheck(copy.Folder).Contains("thermometer among the LED drivers", StringComparison.Ordinal));
    }

    private static string RuleCheck(string folder)
    {
        string target = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-drc-").FullName, "drc.rpt");
        var done = Run.Tool(folder, "kicad-cli", "pcb", "drc", "--severity-all", "--exit-code-violations", "-o", target, FileName);
        string report = done.Status == 0 ? "" : done.Output + File.ReadAllText(target);
        Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
        return report;
    }
}
