using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Tests.Drawing;

namespace TaxiCredit.Hardware.Tests.BoardOutline;

/// <summary>
/// Writes taxicredit.kicad_pcb: outline, stack-up, keep-out and placement areas. No copper yet: layout starts from here.
/// </summary>
internal static class BoardFile
{
    private const double X0 = 60;
    private const double Y0 = 60;

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
        Add($"(kicad_pcb\n\t(version 20241229)\n\t(generator \"taxicredit\")\n\t(generator_version \"9.0\")");
        Add($"\t(general (thickness {Outline.Thickness}) (legacy_teardrops no))\n\t(paper \"A4\")");
        Add($"\t(title_block (title \"TaxiCredit cab display: outline, stack-up, placement\") (date \"2026-11-22\") (rev \"A\") (company \"TaxiCredit\") (comment 1 \"No copper yet\"))");
        Add($"\t(layers (0 \"F.Cu\" signal) (4 \"In1.Cu\" power \"GND\") (6 \"In2.Cu\" power \"RAILS\") (2 \"B.Cu\" signal) (1 \"F.Mask\" user) (3 \"B.Mask\" user) (5 \"F.SilkS\" user) (7 \"B.SilkS\" user) (13 \"F.Paste\" user) (15 \"B.Paste\" user) (17 \"Dwgs.User\" user) (19 \"Cmts.User\" user) (25 \"Edge.Cuts\" user) (27 \"Margin\" user) (29 \"B.CrtYd\" user) (31 \"F.CrtYd\" user) (33 \"B.Fab\" user) (35 \"F.Fab\" user))");
        Add($"\t(setup\n\t\t(stackup");
        Add($"\t\t\t(layer \"F.SilkS\" (type \"Top Silk Screen\") (color \"White\"))\n\t\t\t(layer \"F.Mask\" (type \"Top Solder Mask\") (color \"Black\") (thickness 0.02))");
        Add($"\t\t\t(layer \"F.Cu\" (type \"copper\") (thickness 0.035))\n\t\t\t(layer \"dielectric 1\" (type \"prepreg\") (thickness 0.2) (material \"FR4 Tg150\") (epsilon_r 4.3) (loss_tangent 0.02))");
        Add($"\t\t\t(layer \"In1.Cu\" (type \"copper\") (thickness 0.035))\n\t\t\t(layer \"dielectric 2\" (type \"core\") (thickness 1.02) (material \"FR4 Tg150\") (epsilon_r 4.3) (loss_tangent 0.02))");
        Add($"\t\t\t(layer \"In2.Cu\" (type \"copper\") (thickness 0.035))\n\t\t\t(layer \"dielectric 3\" (type \"prepreg\") (thickness 0.2) (material \"FR4 Tg150\") (epsilon_r 4.3) (loss_tangent 0.02))");
        Add($"\t\t\t(layer \"B.Cu\" (type \"copper\") (thickness 0.035))\n\t\t\t(layer \"B.Mask\" (type \"Bottom Solder Mask\") (color \"Black\") (thickness 0.02))\n\t\t\t(layer \"B.SilkS\" (type \"Bottom Silk Screen\") (color \"White\"))");
        Add($"\t\t\t(copper_finish \"ENIG\") (dielectric_constraints no)\n\t\t)\n\t\t(pad_to_mask_clearance 0.05)\n\t\t(allow_soldermask_bridges_in_footprints no)\n\t)");
        Add($"\t(net 0 \"\")");
        Edge(Add);
        foreach (var (sheet, layer, x, y, width, height) in Places)
            Area(Add, $"place {sheet.Trim('/')}", layer, x, y, width, height, "allowed", sheet);
        // The thermometer belongs to sheet memory but must feel the LEDs and their drivers: taxicredit.kicad_dru holds it here.
        Area(Add, "place thermometer", "F.Cu", 62, 31, 18, 8, "allowed", sheet: "");
        // The module's antenna end stands at the right edge; datasheet: 15 mm free of copper on all layers, or the edge.
        Area(Add, "antenna", "*.Cu", 112, 9, 7.9, 24, "not_allowed", sheet: "");
        Text(Add, Width(0.5), -6, "Seen from the street. F.Cu: LEDs and drivers. B.Cu (cabin): supply, module, sensing, memory, plug. SW1, D5 under their holes.");
        Text(Add, Width(0.5), 46, "C9 and C2 (tall) lie on B.Cu, toward the cabin. L2, L3 at least 15 mm from the antenna. D1, D2, F1 within 20 mm of J1.");
        Text(Add, Width(0.5), 50, "Each driver's exposed pad: 9 vias into In1 (114 mW). SUPPLY-IN pairs shorter than 5 mm. R60 Kelvin-connected to R63.");
        Text(Add, Width(0.5), 54, "U65, C67: F.Cu between the drivers of stars 2 and 3, not with sheet memory: their heat dims the light above 85 C.");
        for (int i = 0; i < Outline.Channels; i++)
            Text(Add, Width(0.5) + Outline.ChannelX(i), 23.5, i == 0 ? "bar" : $"star {i}", 0.9);
        return text.Append("\t(embedded_fonts no)\n)\n").ToString();
    }

    private static double Width(double part) => Outline.Width * part;

    private static void Edge(Action<FormattableString> add)
    {
        add($"\t(gr_rect (start {X0} {Y0}) (end {X0 + Outline.Width} {Y0 + Outline.Height}) (stroke (width 0.1) (type default)) (fill no) (layer \"Edge.Cuts\") (uuid \"{Identity.Of("edge")}\"))");
        foreach (double x in new[] { Outline.HoleInset, Outline.Width - Outline.HoleInset })
            foreach (double y in new[] { Outline.HoleInset, Outline.Height - Outline.HoleInset })
                Hole(add, x, y, Outline.MountingHole);
        for (int i = 0; i < Outline.Channels; i++)
            Hole(add, Width(0.5) + Outline.ChannelX(i), (Outline.Height / 2) - Outline.PipeAboveMiddle, Outline.PipeHole);
        for (int i = 0; i < Outline.Channels; i++)
            for (int k = -1; k <= 1; k++)
            {
                double x = X0 + Width(0.5) + Outline.ChannelX(i) + (4.5 * k);
                double y = Y0 + (Outline.Height / 2);
                add($"\t(gr_rect (start {x - 1.7} {y - 1.5}) (end {x + 1.7} {y + 1.5}) (stroke (width 0.1) (type default)) (fill no) (layer \"Dwgs.User\") (uuid \"{Identity.Of("led", i, k)}\"))");
            }
    }

    private static void Hole(Action<FormattableString> add, double x, double y, double diameter) =>
        add($"\t(gr_circle (center {X0 + x} {Y0 + y}) (end {X0 + x + (diameter / 2)} {Y0 + y}) (stroke (width 0.1) (type default)) (fill no) (layer \"Edge.Cuts\") (uuid \"{Identity.Of("hole", x, y)}\"))");

    private static void Area(Action<FormattableString> add, string name, string layer, double x, double y, double width, double height, string copper, string sheet)
    {
        double left = X0 + x;
        double top = Y0 + y;
        string placement = sheet == "" ? "(placement (enabled no) (sheetname \"\"))" : $"(placement (enabled yes) (sheetname \"{sheet}\"))";
        add($"\t(zone (net 0) (net_name \"\") (layers \"{layer}\") (uuid \"{Identity.Of("area", name)}\") (name \"{name}\") (hatch edge 0.5) (connect_pads (clearance 0)) (min_thickness 0.25) (filled_areas_thickness no)");
        add($"\t\t(keepout (tracks {copper}) (vias {copper}) (pads {copper}) (copperpour {copper}) (footprints allowed))");
        add($"\t\t{placement}\n\t\t(fill (thermal_gap 0.5) (thermal_bridge_width 0.5))");
        add($"\t\t(polygon (pts (xy {left} {top}) (xy {left + width} {top}) (xy {left + width} {top + height}) (xy {left} {top + height}))))");
        // Rule areas do not appear in plots; the same outline as a drawing does.
        add($"\t(gr_rect (start {left} {top}) (end {left + width} {top + height}) (stroke (width 0.15) (type dash)) (fill no) (layer \"Cmts.User\") (uuid \"{Identity.Of("area outline", name)}\"))");
        Text(add, x + (width / 2), y + (sheet switch { "" => height / 2, "/light/" => -0.9, "/supply/" => height - 8, "/sensing/" => 7, _ => 2 }), name, 1);
    }

    private static void Text(Action<FormattableString> add, double x, double y, string text, double size = 1.2) =>
        add($"\t(gr_text \"{text}\" (at {X0 + x} {Y0 + y} 0) (layer \"Cmts.User\") (uuid \"{Identity.Of("text", x, y)}\") (effects (font (size {size} {size}) (thickness 0.12))))");
}
