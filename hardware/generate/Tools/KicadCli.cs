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

    /// <summary>Plots one side of the board with its parts as an SVG, as one sees it who looks at that side.</summary>
    public static void PlotBoard(string projectFolder, bool back, string target)
    {
        string side = back ? "B" : "F";
        string[] arguments = ["pcb", "export", "svg", "--mode-single", "--page-size-mode", "2", "--exclude-drawing-sheet",
            "--layers", $"Edge.Cuts,{side}.Cu,{side}.CrtYd,{side}.Fab", "-o", target, "taxicredit.kicad_pcb"];
        Export(projectFolder, back ? [.. arguments, "--mirror"] : arguments);
    }

    private static void Export(string projectFolder, params string[] arguments) => Run.Tool(projectFolder, "kicad-cli", arguments).Succeeded();
}
