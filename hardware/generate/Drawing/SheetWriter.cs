using TaxiCredit.Hardware.Generate.Drawing.Symbols;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>Writes a <see cref="Sheet"/> as a KiCad 9 schematic file.</summary>
internal sealed class SheetWriter(Sheet sheet, IReadOnlyList<SheetUse> uses)
{
    private const string Font = "(font (size 1.27 1.27))";
    private readonly KicadText _text = new();
    private readonly IReadOnlyList<Point> _junctions = Joints.Of(sheet);

    public string Write()
    {
        _text.Append("(kicad_sch\n\t(version 20250114)\n\t(generator \"taxicredit\")\n\t(generator_version \"9.0\")\n");
        _text.Append($"\t(uuid \"{Schematic.UuidOf(sheet.File)}\")\n\t(paper \"A4\")\n");
        _text.Append($"\t(title_block (title \"TaxiCredit cab display: {sheet.Title}\") (date \"2026-11-30\") (rev \"B\") (company \"TaxiCredit\")");
        _text.Append(" (comment 1 \"Drawn from bom.csv and pinmap.csv; not yet built in copper\"))\n");
        _text.Append("\t(lib_symbols\n");
        foreach (var symbol in sheet.Parts.Select(part => part.Symbol).DistinctBy(symbol => symbol.Name))
            _text.Append(SymbolWriter.Definition(symbol, $"{Library.Name}:{symbol.Name}").Replace("\n\t", "\n\t\t", StringComparison.Ordinal));
        _text.Append("\t)\n");
        Connections();
        foreach (var note in sheet.Notes)
            Note(note);
        Names();
        foreach (var part in sheet.Parts)
            Part(part);
        foreach (var child in sheet.Children)
            Child(child);
        if (sheet.File == Schematic.Root)
            _text.Append("\t(sheet_instances (path \"/\" (page \"1\")))\n");
        return _text.Append("\t(embedded_fonts no)\n)\n").ToString();
    }

    private static int Angle(Side looks) => looks switch { Side.Right => 0, Side.Up => 90, Side.Left => 180, _ => 270 };

    private static string Justify(Side looks) => looks is Side.Left or Side.Down ? "right" : "left";

    private static string Escape(string value) => value.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private string Id(params object[] name) => Identity.Of([sheet.File, .. name]);

    private void Connections()
    {
        foreach (var at in _junctions)
            _text.Append($"\t(junction (at {at}) (diameter 0) (color 0 0 0 0) (uuid \"{Id("junction", at)}\"))\n");
        foreach (var at in sheet.NoConnects)
            _text.Append($"\t(no_connect (at {at}) (uuid \"{Id("nc", at)}\"))\n");
        foreach (var wire in sheet.Wires.SelectMany(wire => Joints.Split(wire, _junctions)))
            _text.Append($"\t(wire (pts (xy {wire.From}) (xy {wire.To})) (stroke (width 0) (type default)) (uuid \"{Id("wire", wire)}\"))\n");
    }

    private void Note(Note note)
    {
        string size = Point.Mm(note.Size);
        string weight = note.Size > 1.5 ? " (bold yes)" : "";
        _text.Append($"\t(text \"{Escape(note.Text)}\" (exclude_from_sim no) (at {note.At} 0)");
        _text.Append($" (effects (font (size {size} {size}){weight}) (justify left top)) (uuid \"{Id("note", note.At)}\"))\n");
    }

    private void Names()
    {
        foreach (var label in sheet.Labels)
        {
            string effects = $"(effects {Font} (justify {Justify(label.Looks)} bottom))";
            _text.Append($"\t(label \"{label.Text}\" (at {label.At} {Angle(label.Looks)}) {effects} (uuid \"{Id("label", label)}\"))\n");
        }

        foreach (var port in sheet.Ports)
        {
            _text.Append($"\t(hierarchical_label \"{port.Name}\" (shape {port.Direction}) (at {port.At} {Angle(port.Looks)})");
            _text.Append($" (effects {Font} (justify {Justify(port.Looks)})) (uuid \"{Id("port", port)}\"))\n");
        }
    }

    private void Part(Placed part)
    {
        var fields = part.Fields;
        var (reference, value) = FieldPlace.Of(part);
        _text.Append($"\t(symbol (lib_id \"{Library.Name}:{part.Symbol.Name}\") (at {part.At} {part.Turn}) (unit 1)\n");
        _text.Append($"\t\t(exclude_from_sim no) (in_bom {SymbolWriter.YesNo(fields.InBom)}) (on_board yes) (dnp {SymbolWriter.YesNo(!fields.Fitted)})\n");
        _text.Append($"\t\t(uuid \"{Id("part", part.Reference)}\")\n");
        Field(part, "Reference", part.ReferenceFor(uses[0].Channel), reference, hidden: part.Symbol.IsPower);
        string shown = fields.Fitted ? fields.Value : $"{fields.Value} (not fitted)";
        Field(part, "Value", shown, value, hidden: part.Symbol.Name is "PWR_FLAG" or "TestPoint");
        Field(part, "Footprint", fields.Footprint, reference, hidden: true);
        Field(part, "Datasheet", fields.Datasheet, reference, hidden: true);
        if (fields.Mpn != "")
        {
            Field(part, "MPN", fields.Mpn, reference, hidden: true);
            Field(part, "Manufacturer", fields.Manufacturer, reference, hidden: true);
        }

        foreach (var pin in part.Symbol.Pins)
            _text.Append($"\t\t(pin \"{pin.Number}\" (uuid \"{Id("pin", part.Reference, pin.Number)}\"))\n");
        _text.Append($"\t\t(instances (project \"{Schematic.Name}\"\n");
        foreach (var use in uses)
            _text.Append($"\t\t\t(path \"{use.Path}\" (reference \"{part.ReferenceFor(use.Channel)}\") (unit 1))\n");
        _text.Append("\t\t))\n\t)\n");
    }

    private void Field(Placed part, string name, string content, FieldPlace place, bool hidden)
    {
        // KiCad rotates texts with their symbol; another 90 degrees make them horizontal again.
        int angle = part.IsUpright ? 90 : 0;
        string justify = !place.FromLeft ? "" : part.Turn == 90 ? " (justify right)" : " (justify left)";
        _text.Append($"\t\t(property \"{name}\" \"{Escape(content)}\" (at {Point.Mm(place.X)} {Point.Mm(place.Y)} {angle})");
        _text.Append($" (effects {Font}{justify}{(hidden ? " (hide yes)" : "")}))\n");
    }

    private void Child(Child child)
    {
        string left = Point.Mm(child.At.X * Point.Step);
        string aboveTop = Point.Mm((child.At.Y * Point.Step) - 0.7);
        string belowBottom = Point.Mm(((child.At.Y + child.Height) * Point.Step) + 0.6);
        _text.Append($"\t(sheet (at {child.At}) (size {Point.Mm(child.Width * Point.Step)} {Point.Mm(child.Height * Point.Step)})");
        _text.Append(" (exclude_from_sim no) (in_bom yes) (on_board yes) (dnp no)\n");
        _text.Append("\t\t(stroke (width 0.1524) (type solid)) (fill (color 0 0 0 0.0))\n");
        _text.Append($"\t\t(uuid \"{Schematic.ChildUuid(sheet.File, child.Name)}\")\n");
        _text.Append($"\t\t(property \"Sheetname\" \"{child.Name}\" (at {left} {aboveTop} 0)");
        _text.Append(" (effects (font (size 1.6 1.6) (bold yes)) (justify left bottom)))\n");
        _text.Append($"\t\t(property \"Sheetfile\" \"{child.File}\" (at {left} {belowBottom} 0) (effects {Font} (justify left top)))\n");
        foreach (var pin in child.Pins)
        {
            bool onLeft = pin.Looks == Side.Left;
            _text.Append($"\t\t(pin \"{pin.Name}\" {pin.Direction} (at {pin.At} {(onLeft ? 180 : 0)}) (uuid \"{Id("sheetpin", child.Name, pin.Name)}\")");
            _text.Append($" (effects {Font} (justify {(onLeft ? "left" : "right")})))\n");
        }

        _text.Append($"\t\t(instances (project \"{Schematic.Name}\"\n");
        foreach (var use in uses)
            _text.Append($"\t\t\t(path \"{use.Path}\" (page \"{Schematic.PageOf(child)}\"))\n");
        _text.Append("\t\t))\n\t)\n");
    }
}
