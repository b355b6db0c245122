using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Production;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>
/// What a maker gets: Gerber files, drills, positions, IPC-2581, IPC-D-356, STEP. Not committed, because they follow from the board; their digests are, so that
/// nothing changes unseen.
/// </summary>
internal static partial class Outputs
{
    /// <summary>From the repository's root.</summary>
    public const string DigestPath = "hardware/outputs.csv";
    private const string Board = "taxicredit.kicad_pcb";
    private const string Layers = "F.Cu,In1.Cu,In2.Cu,B.Cu,F.Paste,B.Paste,F.SilkS,B.SilkS,F.Mask,B.Mask,Edge.Cuts";

    /// <summary>The copper, from the street to the cabin; KiCad names the planes as the stack-up does.</summary>
    public static readonly string[] CopperFiles = ["taxicredit-F_Cu.gbr", "taxicredit-RAILS.gbr", "taxicredit-GROUND.gbr", "taxicredit-B_Cu.gbr"];
    public const string DrillFile = "taxicredit-PTH.drl";

    /// <summary>Gerber files and drills.</summary>
    public static void WriteFabrication(string projectFolder, string target)
    {
        Export(projectFolder, "gerbers", "--layers", Layers, "--no-protel-ext", "--disable-aperture-macros", "-o", target + "/", Board);
        Export(projectFolder, "drill", "--excellon-separate-th", "-o", target + "/", Board);
    }

    /// <summary>Gerber files, drills and positions of four boards in a frame.</summary>
    public static void WritePanel(string projectFolder, string target)
    {
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, Panel.FileName), Panel.Write(File.ReadAllText(Path.Combine(projectFolder, Board))));
        Export(target, "gerbers", "--layers", Layers, "--no-protel-ext", "--disable-aperture-macros", "-o", target + "/", Panel.FileName);
        Export(target, "drill", "--excellon-separate-th", "-o", target + "/", Panel.FileName);
        Positions(target, Path.Combine(target, "panel-positions.csv"), Panel.FileName);
    }

    public static void WriteAll(string projectFolder, string target)
    {
        Directory.CreateDirectory(target);
        WriteFabrication(projectFolder, target);
        WritePanel(projectFolder, Path.Combine(target, "panel"));
        Positions(projectFolder, Path.Combine(target, "positions.csv"), Board);
        Export(projectFolder, "ipcd356", "-o", Path.Combine(target, "taxicredit.d356"), Board);
        Export(projectFolder, "ipc2581", "-o", Path.Combine(target, "taxicredit-ipc2581.xml"), Board);
        foreach (var (side, mirror) in new[] { ("F", false), ("B", true) })
        {
            List<string> drawing = ["pdf", "--layers", $"{side}.Fab,{side}.Mask,Edge.Cuts", "--black-and-white", "-o",
                Path.Combine(target, mirror ? "assembly-cabin.pdf" : "assembly-street.pdf"), Board];
            if (mirror)
                drawing.Add("--mirror");
            Export(projectFolder, [.. drawing]);
        }

        Export(projectFolder, "step", "--force", "--no-dnp", "-o", Path.Combine(target, "taxicredit.step"), Board);
    }

    /// <summary>A line for each file that is the same at every run, without the time at which it was made.</summary>
    public static string Digests(string projectFolder)
    {
        using var folder = new TempFolder();
        WriteFabrication(projectFolder, folder.Path);
        Positions(projectFolder, folder["positions.csv"], Board);
        Export(projectFolder, "ipcd356", "-o", folder["taxicredit.d356"], Board);
        Export(projectFolder, "ipc2581", "-o", folder["taxicredit-ipc2581.xml"], Board);
        // Without the parts, whose models are not everywhere: the outline and every hole.
        Export(projectFolder, "step", "--force", "--board-only", "-o", folder["taxicredit-bare.step"], Board);
        var text = new StringBuilder("file,lines,sha256\n");
        var files = Directory.EnumerateFiles(folder.Path).Where(path => !path.EndsWith(".gbrjob", StringComparison.Ordinal));
        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            string content = Time().Replace(File.ReadAllText(path), "");
            string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)},{content.Count(c => c == '\n')},{digest}\n");
        }

        return text.ToString();
    }

    private static void Positions(string folder, string target, string board) =>
        Export(folder, "pos", "--format", "csv", "--units", "mm", "--side", "both", "--exclude-dnp", "-o", target, board);

    private static void Export(string projectFolder, params string[] arguments) =>
        Run.Tool(projectFolder, "kicad-cli", ["pcb", "export", .. arguments]).Succeeded();

    private const string Told = "CreationDate|DRILL file|Created by KiCad|GenerationSoftware|ProjectId|^P  DATE|P  CODE|HistoryRecord|AvlHeader|FILE_NAME";

    [GeneratedRegex($"^.*({Told}).*$\\n?", RegexOptions.Multiline)]
    private static partial Regex Time();
}
