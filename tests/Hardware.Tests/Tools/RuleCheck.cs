using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Tools;

/// <summary>KiCad's own checks; the report is empty when there is nothing to report.</summary>
internal static class RuleCheck
{
    public static string OfSchematic(string projectFolder) => Check(projectFolder, "sch", "erc", "taxicredit.kicad_sch");

    public static string OfBoard(string projectFolder) => Check(projectFolder, "pcb", "drc", "taxicredit.kicad_pcb");

    private static string Check(string projectFolder, string kind, string check, string file)
    {
        using var output = new TempFolder();
        string report = output["report.rpt"];
        var done = Run.Tool(projectFolder, "kicad-cli", kind, check, "--severity-all", "--exit-code-violations", "-o", report, file);
        return done.Status == 0 ? "" : done.Output + (File.Exists(report) ? File.ReadAllText(report) : "");
    }
}
