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

    private static string RuleCheck(string folder)
    {
        string target = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-drc-").FullName, "drc.rpt");
        var done = Run.Tool(folder, "kicad-cli", "pcb", "drc", "--severity-all", "--exit-code-violations", "-o", target, FileName);
        string report = done.Status == 0 ? "" : done.Output + File.ReadAllText(target);
        Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
        return report;
    }
}
