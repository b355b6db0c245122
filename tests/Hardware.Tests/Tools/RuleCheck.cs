using System.Text.Json;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Tools;

/// <summary>KiCad's own checks; the report is empty when there is nothing to report.</summary>
internal static class RuleCheck
{
    public static string OfSchematic(string projectFolder)
    {
        using var output = new TempFolder();
        string report = output["report.rpt"];
        var done = Run.Tool(projectFolder, "kicad-cli", "sch", "erc", "--severity-all", "--exit-code-violations", "-o", report, "taxicredit.kicad_sch");
        return done.Status == 0 ? "" : done.Output + (File.Exists(report) ? File.ReadAllText(report) : "");
    }

    /// <summary>
    /// Rules, connections, courtyards, keep-outs, the library's footprints, and parity with the schematic and silk screen. Left out: the print
    /// of the crystal's land pattern, which reaches its own pads.
    /// </summary>
    public static string OfBoard(string projectFolder)
    {
        using var output = new TempFolder();
        string report = output["report.json"];
        Run.Tool(projectFolder, "kicad-cli", "pcb", "drc", "--severity-all", "--schematic-parity", "--format", "json", "-o", report, "taxicredit.kicad_pcb")
            .Succeeded();
        using var read = JsonDocument.Parse(File.ReadAllText(report));
        var found = from list in new[] { "violations", "unconnected_items", "schematic_parity" }
                    from violation in read.RootElement.GetProperty(list).EnumerateArray()
                    let type = violation.GetProperty("type").GetString()!
                    let items = violation.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("description").GetString())
                    where type != "silk_over_copper" || !items.All(item => item == "Segment of Y1 on B.Silkscreen")
                    select $"{type}: {violation.GetProperty("description").GetString()}: {string.Join("; ", items)}";
        return string.Join('\n', found);
    }
}
