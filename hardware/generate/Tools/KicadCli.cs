using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Tools;

/// <summary>The exports of kicad-cli that are needed here; each takes about half a second.</summary>
internal static class KicadCli
{
    private const string Schematic = "taxicredit.kicad_sch";

    /// <returns>The netlist in KiCad's own format.</returns>
    public static string Netlist(string projectFolder)
    {
        using var output = new TempFolder();
        Export(projectFolder, "sch", "export", "netlist", "--format", "kicadsexpr", "-o", output["board.net"], Schematic);
        return File.ReadAllText(output["board.net"]);
    }

    /// <summary>Plots every sheet as an SVG into a folder.</summary>
    public static void PlotSheets(string projectFolder, string targetFolder) =>
        Export(projectFolder, "sch", "export", "svg", "-o", targetFolder, Schematic);

    /// <summary>Plots all sheets as one PDF.</summary>
    public static void PlotPdf(string projectFolder, string target) => Export(projectFolder, "sch", "export", "pdf", "-o", target, Schematic);

    /// <summary>Plots outline, windows and placement areas of the board as an SVG.</summary>
    public static void PlotBoard(string projectFolder, string target) => Export(projectFolder, "pcb", "export", "svg", "--mode-single",
        "--page-size-mode", "2", "--layers", "Edge.Cuts,Dwgs.User,Cmts.User", "-o", target, "taxicredit.kicad_pcb");

    private static void Export(string projectFolder, params string[] arguments) => Run.Tool(projectFolder, "kicad-cli", arguments).Succeeded();
}
