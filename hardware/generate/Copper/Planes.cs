using System.Text;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>
/// The planes: ground beside the cabin's side, where the converters lie, +3V3 beside the street's; ground again where the outer layers are free.
/// KiCad fills them; its filled areas are taken over into the file.
/// </summary>
internal static class Planes
{
    private const double Inset = 0.5;
    private const string Area = "(thermal_gap 0.3) (thermal_bridge_width 0.4) (island_removal_mode 0)";

    // KiCad's command line cannot fill; its library can.
    private const string Fill = "import pcbnew, sys; board = pcbnew.LoadBoard(sys.argv[1]); "
        + "pcbnew.ZONE_FILLER(board).Fill(board.Zones()); board.Save(sys.argv[1])";

    // On the outer layers every pad has a via of its own: nothing to starve or to draw heat from a joint.
    private static readonly (string Name, string Net, string Layer, string Pads)[] All =
    [
        ("ground plane", "GND", "In2.Cu", "yes "), ("3.3 V plane", "+3V3", "In1.Cu", "yes "),
        ("ground, street", "GND", "F.Cu", "no "), ("ground, cabin", "GND", "B.Cu", "no "),
    ];

    /// <param name="filled">By name of the zone; from <see cref="Filled"/>.</param>
    public static void Write(Action<FormattableString> add, Func<string, int> codeOf, IReadOnlyDictionary<string, string> filled)
    {
        foreach (var (name, net, layer, pads) in All)
        {
            add($"\t(zone (net {codeOf(net)}) (net_name \"{net}\")");
            add($"\t\t(layer \"{layer}\") (uuid \"{Identity.Of("plane", name)}\") (name \"{name}\") (hatch edge 0.5)");
            add($"\t\t(connect_pads {pads}(clearance 0.2)) (min_thickness 0.2) (filled_areas_thickness no)");
            add($"\t\t(fill {(filled.ContainsKey(name) ? "yes " : "")}{Area})");
            var (x, y) = (BoardFile.X0 + Inset, BoardFile.Y0 + Inset);
            var (right, bottom) = (BoardFile.X0 + Outline.Width - Inset, BoardFile.Y0 + Outline.Height - Inset);
            add($"\t\t(polygon (pts (xy {x} {y}) (xy {right} {y}) (xy {right} {bottom}) (xy {x} {bottom})))");
            add($"{filled.GetValueOrDefault(name, "")}\t)");
        }
    }

    /// <summary>What KiCad fills of each zone, as text for the board's file.</summary>
    public static IReadOnlyDictionary<string, string> Filled(string board, string projectFolder)
    {
        using var copy = new TempFolder();
        copy.CopyFrom(projectFolder, depth: SearchOption.AllDirectories);
        string path = copy[BoardFile.FileName];
        File.WriteAllText(path, board);
        Run.Tool(copy.Path, "/usr/bin/python3", "-c", Fill, path).Succeeded();
        var zones = SExpression.Parse(File.ReadAllText(path)).All("zone").Where(zone => zone.All("filled_polygon").Any());
        return zones.ToDictionary(zone => zone.TextOf("name"), zone => string.Concat(zone.All("filled_polygon").Select(Polygon)));
    }

    private static string Polygon(SExpression polygon)
    {
        var text = new StringBuilder("\t\t(filled_polygon (layer \"").Append(polygon.TextOf("layer")).Append("\") ")
            .Append(polygon.All("island").Any() ? "(island) " : "").Append("(pts");
        foreach (var point in polygon.One("pts").All("xy"))
            text.Append(" (xy ").AppendJoin(' ', point.Values).Append(')');
        return text.Append("))\n").ToString();
    }
}
