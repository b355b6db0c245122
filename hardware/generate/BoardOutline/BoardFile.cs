using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Generate.Drawing;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>
/// Writes taxicredit.kicad_pcb: outline, stack-up, keep-out and placement areas. No copper yet: layout starts from here.
/// </summary>
internal static class BoardFile
{
    public const string FileName = "taxicredit.kicad_pcb";

    // Where the board's upper left corner lies on KiCad's page, in millimetres.
    private const double X0 = 60;
    private const double Y0 = 60;
    private const string Solid = "(stroke (width 0.1) (type default))";
    private const string Dashed = "(stroke (width 0.15) (type dash))";

    // Where each sheet's parts go, from the board's upper left corner as the street sees it: x, y, width, height.
    // LEDs and their drivers face the street; everything else sits on the back, toward the cabin.
    private static readonly (string Sheet, string Layer, double X, double Y, double Width, double Height)[] Places =
    [
        ("/light/", "F.Cu", 9, 10, 102, 31), ("/supply/", "B.Cu", 10, 11, 45, 29), ("/memory/", "B.Cu", 57, 11, 27, 9),
        ("/sensing/", "B.Cu", 57, 21, 27, 19), ("/module/", "B.Cu", 86, 11, 24, 20), ("/connectors/", "B.Cu", 86, 32, 24, 8),
    ];

    public static string Write()
    {
        var text = new StringBuilder();
        void Add(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        StackUp.Write(Add);
        Edge(Add);
        foreach (var (sheet, layer, x, y, width, height) in Places)
            Area(Add, $"place {sheet.Trim('/')}", layer, x, y, width, height, "allowed", sheet);
        // The thermometer belongs to sheet memory but measures the LEDs and their drivers: taxicredit.kicad_dru keeps it here.
        Area(Add, "place thermometer", "F.Cu", 62, 31, 18, 8, "allowed", sheet: "");
        // The module's antenna end stands at the right edge; datasheet: 15 mm free of copper on all layers, or the edge.
        Area(Add, "antenna", "*.Cu", 112, 9, 7.9, 24, "not_allowed", sheet: "");
        double middle = Outline.Width / 2;
        Text(Add, middle, -6, "Seen from the street. F.Cu: LEDs and drivers. B.Cu (cabin): supply, module, sensing, memory, plug. SW1, D5 under their holes.");
        Text(Add, middle, 46, "C9 and C2 (tall) lie on B.Cu, toward the cabin. L2, L3 at least 15 mm from the antenna. D1, D2, F1 within 20 mm of J1.");
        Text(Add, middle, 50, "Each driver's exposed pad: 9 vias into In1 (114 mW). SUPPLY-IN pairs shorter than 5 mm. R60 Kelvin-connected to R63.");
        Text(Add, middle, 54, "U65, C67: F.Cu between the drivers of stars 2 and 3, not with sheet memory: their heat dims the light above 85 C.");
        for (int i = 0; i < Outline.Channels; i++)
            Text(Add, middle + Outline.ChannelX(i), 23.5, i == 0 ? "bar" : $"star {i}", 0.9);
        return text.Append("\t(embedded_fonts no)\n)\n").ToString();
    }

    private static void Edge(Action<FormattableString> add)
    {
        double middle = Outline.Width / 2;
        Rectangle(add, X0, Y0, X0 + Outline.Width, Y0 + Outline.Height, Solid, "Edge.Cuts", Identity.Of("edge"));
        foreach (double x in new[] { Outline.HoleInset, Outline.Width - Outline.HoleInset })
            foreach (double y in new[] { Outline.HoleInset, Outline.Height - Outline.HoleInset })
                Hole(add, x, y, Outline.MountingHole);
        for (int i = 0; i < Outline.Channels; i++)
            Hole(add, middle + Outline.ChannelX(i), (Outline.Height / 2) - Outline.PipeAboveMiddle, Outline.PipeHole);
        for (int i = 0; i < Outline.Channels; i++)
            for (int k = -1; k <= 1; k++)
            {
                double x = X0 + middle + Outline.ChannelX(i) + (4.5 * k);
                double y = Y0 + (Outline.Height / 2);
                Rectangle(add, x - 1.7, y - 1.5, x + 1.7, y + 1.5, Solid, "Dwgs.User", Identity.Of("led", i, k));
            }
    }

    private static void Rectangle(
        Action<FormattableString> add, double left, double top, double right, double bottom, string stroke, string layer, string id) =>
        add($"\t(gr_rect (start {left} {top}) (end {right} {bottom}) {stroke} (fill no) (layer \"{layer}\") (uuid \"{id}\"))");

    private static void Hole(Action<FormattableString> add, double x, double y, double diameter)
    {
        FormattableString circle = $"\t(gr_circle (center {X0 + x} {Y0 + y}) (end {X0 + x + (diameter / 2)} {Y0 + y})";
        add($"{circle} {Solid} (fill no) (layer \"Edge.Cuts\") (uuid \"{Identity.Of("hole", x, y)}\"))");
    }

    private static void Area(
        Action<FormattableString> add, string name, string layer, double x, double y, double width, double height, string copper, string sheet)
    {
        double left = X0 + x;
        double top = Y0 + y;
        string placement = sheet == "" ? "(placement (enabled no) (sheetname \"\"))" : $"(placement (enabled yes) (sheetname \"{sheet}\"))";
        string zone = $"\t(zone (net 0) (net_name \"\") (layers \"{layer}\") (uuid \"{Identity.Of("area", name)}\") (name \"{name}\")";
        add($"{zone} (hatch edge 0.5) (connect_pads (clearance 0)) (min_thickness 0.25) (filled_areas_thickness no)");
        add($"\t\t(keepout (tracks {copper}) (vias {copper}) (pads {copper}) (copperpour {copper}) (footprints allowed))");
        add($"\t\t{placement}\n\t\t(fill (thermal_gap 0.5) (thermal_bridge_width 0.5))");
        add($"\t\t(polygon (pts (xy {left} {top}) (xy {left + width} {top}) (xy {left + width} {top + height}) (xy {left} {top + height}))))");
        // Rule areas do not appear in plots; the same outline as a drawing does.
        Rectangle(add, left, top, left + width, top + height, Dashed, "Cmts.User", Identity.Of("area outline", name));
        Text(add, x + (width / 2), y + (sheet switch { "" => height / 2, "/light/" => -0.9, "/supply/" => height - 8, "/sensing/" => 7, _ => 2 }), name, 1);
    }

    private static void Text(Action<FormattableString> add, double x, double y, string text, double size = 1.2)
    {
        FormattableString effects = $"(effects (font (size {size} {size}) (thickness 0.12)))";
        add($"\t(gr_text \"{text}\" (at {X0 + x} {Y0 + y} 0) (layer \"Cmts.User\") (uuid \"{Identity.Of("text", x, y)}\") {effects})");
    }
}
