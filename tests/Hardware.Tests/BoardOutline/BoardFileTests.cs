using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.BoardOutline;

[TestClass]
public class BoardFileTests
{
    [TestMethod]
    public void Board_DesignRules_AreClean() => Assert.AreEqual("", RuleCheck.OfBoard(Repository.Kicad));

    [TestMethod]
    public void Board_CopperUnderTheAntenna_IsReported()
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        copy.Replace(BoardFile.FileName, "\t(embedded_fonts no)",
            """
            (segment (start 173 70) (end 177 70) (width 0.2) (layer "F.Cu") (net 0) (uuid "00000000-0000-4000-8000-000000000001"))
            (embedded_fonts no)
            """);
        Assert.Contains("antenna", RuleCheck.OfBoard(copy.Folder));
    }

    [TestMethod]
    [DataRow(131, 95, "F.Cu", false)]
    [DataRow(131, 95, "B.Cu", true)]
    [DataRow(160, 80, "F.Cu", true)]
    public void Board_Thermometer_IsReportedOnlyAwayFromTheDrivers(int x, int y, string layer, bool reported)
    {
        using var copy = TempCopy.Of(Repository.Kicad);
        string side = layer[..1];
        copy.Replace(BoardFile.FileName, "\t(embedded_fonts no)",
            $"""
            (footprint "U65" (layer "{layer}") (uuid "00000000-0000-4000-8000-000000000002") (at {x} {y}) (attr smd)
            (property "Reference" "U65" (at 0 -2 0) (layer "{side}.Fab") (uuid "00000000-0000-4000-8000-000000000003")
            (effects (font (size 1 1) (thickness 0.15))))
            (fp_rect (start -1.2 -1.1) (end 1.2 1.1) (stroke (width 0.05) (type default)) (fill no)
            (layer "{side}.CrtYd") (uuid "00000000-0000-4000-8000-000000000004"))
            (pad "1" smd rect (at 0 0) (size 0.6 0.4) (layers "{layer}" "{side}.Mask") (uuid "00000000-0000-4000-8000-000000000005"))
            )
            (embedded_fonts no)
            """);
        Assert.AreEqual(reported, RuleCheck.OfBoard(copy.Folder).Contains("thermometer among the LED drivers", StringComparison.Ordinal));
    }
}
