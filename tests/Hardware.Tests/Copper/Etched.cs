using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>The copper as a maker etches it: painted from the Gerber files and the drills, which know nothing of the netlist.</summary>
internal sealed partial class Etched
{
    private static readonly Lazy<Etched> Shared = new(() => Of(Repository.Kicad));

    private Etched(IReadOnlyList<GerberLayer> layers, string drill)
    {
        Layers = layers;
        Drill = drill;
    }

    public static Etched Committed => Shared.Value;

    /// <summary>The pads of the land patterns on the nets of the committed schematic.</summary>
    public static Lazy<IReadOnlyList<CopperPad>> Pads { get; } = new(() => BoardFile.Pads(KicadCli.Netlist(Repository.Kicad), Repository.Kicad));

    public IReadOnlyList<GerberLayer> Layers { get; }

    public string Drill { get; }

    /// <summary>Middles of the plated holes, in millimetres from the board's upper left corner.</summary>
    public IReadOnlyList<(double X, double Y)> Holes => [.. Hole().Matches(Drill).Select(hole =>
        (double.Parse(hole.Groups[1].Value, CultureInfo.InvariantCulture) - BoardFile.X0,
            -BoardFile.Y0 - double.Parse(hole.Groups[2].Value, CultureInfo.InvariantCulture)))];

    public static Etched Of(string projectFolder)
    {
        using var output = new TempFolder();
        Outputs.WriteFabrication(projectFolder, output.Path);
        return new([.. Outputs.CopperFiles.Select(file =>
            new GerberLayer(File.ReadAllText(output[file]), BoardFile.X0, -BoardFile.Y0, Outline.Width, Outline.Height))],
            File.ReadAllText(output[Outputs.DrillFile]));
    }

    public CopperNets Nets() => new(Layers, Drill, BoardFile.X0, -BoardFile.Y0);

    /// <summary>As if a pad had not been there.</summary>
    public CopperNets NetsWithout(CopperPad pad)
    {
        var kept = Layers.Select(layer => layer.Copper.ToArray()).ToList();
        if (pad.Front)
            Layers[0].Erase(pad);
        if (pad.Back)
            Layers[^1].Erase(pad);
        var nets = Nets();
        for (int i = 0; i < kept.Count; i++)
            kept[i].CopyTo(Layers[i].Copper, 0);
        return nets;
    }

    [GeneratedRegex(@"^X(-?[\d.]+)Y(-?[\d.]+)$", RegexOptions.Multiline)]
    private static partial Regex Hole();
}
