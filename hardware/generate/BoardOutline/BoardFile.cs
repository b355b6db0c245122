using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Drawing;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>
/// Writes taxicredit.kicad_pcb: outline, stack-up, keep-out areas and every part of the netlist in its place, its pads on their nets.
/// No copper yet: routing starts from here.
/// </summary>
internal static class BoardFile
{
    public const string FileName = "taxicredit.kicad_pcb";

    // Where the board's upper left corner lies on KiCad's page, in millimetres.
    public const double X0 = 60;
    public const double Y0 = 60;
    private const string Solid = "(stroke (width 0.1) (type default))";
    private const string Dashed = "(stroke (width 0.15) (type dash))";

    /// <param name="netlist">Of the schematic, in KiCad's own format.</param>
    /// <param name="projectFolder">Where the project's own footprints are.</param>
    public static string Write(string netlist, string projectFolder)
    {
        string bare = Write(netlist, projectFolder, new Dictionary<string, string>());
        return Write(netlist, projectFolder, Planes.Filled(bare, projectFolder));
    }

    private static string Write(string netlist, string projectFolder, IReadOnlyDictionary<string, string> filled)
    {
        var (scheme, nets) = BoardPart.Read(netlist);
        BoardPart[] parts = [.. scheme, .. BoardOnly.Parts];
        var library = new FootprintLibrary(projectFolder);
        var places = Placer.Place(parts, library);
        var codes = nets.ToDictionary(net => net.Name, net => net.Code);
        var text = new StringBuilder();
        void Add(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        var labels = Labels.Place(parts, places, name => library[name]);
        StackUp.Write(Add);
        foreach (var net in nets)
            Add($"\t(net {net.Code} \"{net.Name}\")");
        foreach (var part in parts)
            text.Append(new PlacedFootprint(library[part.Footprint], part, places[part.Reference], X0, Y0,
                labels.TryGetValue(part.Reference, out var label) ? label : null).Write());
        Tracks(Add, Track.Read(projectFolder), codes);
        Edge(Add);
        // The thermometer belongs to sheet memory but measures the LEDs and their drivers, the light sensor belongs to sheet sensing but
        // looks to the street: taxicredit.kicad_dru keeps them here.
        Area(Add, "place thermometer", "F.Cu", 80, 36.6, 18, 8.9, "allowed");
        Area(Add, "place light sensor", "F.Cu", 57, 37, 8, 8, "allowed");
        Area(Add, "place protection", "B.Cu", 30.5, 31, 14, 14.6, "allowed");
        Area(Add, "antenna", "*.Cu", Housed.Antenna, 0.5, Outline.Width - Housed.Antenna - 0.1, Outline.Height - 1, "not_allowed");
        Silk.Write(Add);
        double middle = Outline.Width / 2;
        Text(Add, middle, -6, "Seen from the street. F.Cu: LEDs, their drivers, light sensor, thermometer. B.Cu (cabin): everything else.");
        Text(Add, middle, 52, "F.Cu signals, In1 3.3 V, In2 ground, B.Cu signals and supply. R63 senses at the pad of R60.");
        Planes.Write(Add, net => codes[net], filled);
        return text.Append("\t(embedded_fonts no)\n)\n").ToString();
    }

    /// <summary>The copper that the land patterns bring.</summary>
    public static IReadOnlyList<CopperPad> Pads(string netlist, string projectFolder)
    {
        BoardPart[] parts = [.. BoardPart.Read(netlist).Parts, .. BoardOnly.Parts];
        var library = new FootprintLibrary(projectFolder);
        var places = Placer.Place(parts, library);
        return [.. parts.SelectMany(part => CopperPad.Of(part, library[part.Footprint], places[part.Reference])
            .Concat(CopperPad.KeepOuts(part, library[part.Footprint], places[part.Reference])))];
    }

    /// <summary>Each part's place and the room that it takes.</summary>
    public static IReadOnlyDictionary<string, (Place Place, Courtyard Courtyard)> Courtyards(string netlist, string projectFolder)
    {
        BoardPart[] parts = [.. BoardPart.Read(netlist).Parts, .. BoardOnly.Parts];
        var library = new FootprintLibrary(projectFolder);
        var places = Placer.Place(parts, library);
        return parts.OrderBy(part => part.Reference, StringComparer.Ordinal)
            .ToDictionary(part => part.Reference, part => (places[part.Reference], Courtyard.Of(library[part.Footprint])));
    }

    private static void Tracks(Action<FormattableString> add, IReadOnlyList<Track> tracks, Dictionary<string, int> codes)
    {
        foreach (var track in tracks)
        {
            string id = Identity.Of("track", track.Net, track.Layer, track.X1, track.Y1, track.X2, track.Y2);
            FormattableString end = $"(net {codes[track.Net]}) (uuid \"{id}\"))";
            FormattableString from = $"{X0 + track.X1:0.###} {Y0 + track.Y1:0.###}";
            FormattableString to = $"{X0 + track.X2:0.###} {Y0 + track.Y2:0.###}";
            if (track.IsVia)
                add($"\t(via (at {from}) (size {track.Width}) (drill {Track.ViaDrill}) (layers \"F.Cu\" \"B.Cu\") {end}");
            else
                add($"\t(segment (start {from}) (end {to}) (width {track.Width}) (layer \"{track.Layer}\") {end}");
        }
    }

    private static void Edge(Action<FormattableString> add)
    {
        Rectangle(add, X0, Y0, X0 + Outline.Width, Y0 + Outline.Height, Solid, "Edge.Cuts", Identity.Of("edge"));
        foreach (var (x, y) in Outline.Screws)
            Hole(add, x, y, Outline.MountingHole);
        for (int i = 0; i < Outline.Channels; i++)
            Hole(add, Outline.ChannelX(i), Outline.PipeRow, Outline.PipeHole);
    }

    private static void Rectangle(
        Action<FormattableString> add, double left, double top, double right, double bottom, string stroke, string layer, string id) =>
        add($"\t(gr_rect (start {left} {top}) (end {right} {bottom}) {stroke} (fill no) (layer \"{layer}\") (uuid \"{id}\"))");

    private static void Hole(Action<FormattableString> add, double x, double y, double diameter)
    {
        FormattableString circle = $"\t(gr_circle (center {X0 + x} {Y0 + y}) (end {X0 + x + (diameter / 2)} {Y0 + y})";
        add($"{circle} {Solid} (fill no) (layer \"Edge.Cuts\") (uuid \"{Identity.Of("hole", x, y)}\"))");
    }

    private static void Area(Action<FormattableString> add, string name, string layer, double x, double y, double width, double height, string copper)
    {
        double left = X0 + x;
        double top = Y0 + y;
        string zone = $"\t(zone (net 0) (net_name \"\") (layers \"{layer}\") (uuid \"{Identity.Of("area", name)}\") (name \"{name}\")";
        add($"{zone} (hatch edge 0.5) (connect_pads (clearance 0)) (min_thickness 0.25) (filled_areas_thickness no)");
        add($"\t\t(keepout (tracks {copper}) (vias {copper}) (pads {copper}) (copperpour {copper}) (footprints allowed))");
        add($"\t\t(placement (enabled no) (sheetname \"\"))\n\t\t(fill (thermal_gap 0.5) (thermal_bridge_width 0.5))");
        add($"\t\t(polygon (pts (xy {left} {top}) (xy {left + width} {top}) (xy {left + width} {top + height}) (xy {left} {top + height}))))");
        // Rule areas do not appear in plots; the same outline as a drawing does.
        Rectangle(add, left, top, left + width, top + height, Dashed, "Cmts.User", Identity.Of("area outline", name));
        Text(add, x + (width / 2), y + height - 1, name, 1);
    }

    private static void Text(Action<FormattableString> add, double x, double y, string text, double size = 1.2)
    {
        FormattableString effects = $"(effects (font (size {size} {size}) (thickness 0.12)))";
        add($"\t(gr_text \"{text}\" (at {X0 + x} {Y0 + y} 0) (layer \"Cmts.User\") (uuid \"{Identity.Of("text", x, y)}\") {effects})");
    }
}
