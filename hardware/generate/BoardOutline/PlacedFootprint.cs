using System.Globalization;
using TaxiCredit.Hardware.Generate.Drawing;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>
/// A library's footprint as KiCad's board file holds it: turned, mirrored when it lies on the cabin's side, its pads on their nets.
/// KiCad's own rule check compares it with the library again.
/// </summary>
internal sealed class PlacedFootprint(SExpression library, BoardPart part, Place place, double pageX, double pageY, (double X, double Y)? label)
{
    private static readonly string[] Dropped = ["version", "generator", "generator_version", "layer", "uuid", "embedded_fonts"];

    public string Write()
    {
        string head = $"\t(footprint \"{part.Footprint}\" (layer \"{Side("F.Cu")}\") (uuid \"{Identity.Of("footprint", part.Reference)}\")";
        string at = $"(at {Number(pageX + place.X)} {Number(pageY + place.Y)} {Number(place.Angle)})";
        string origin = part.Path == "" ? "" : $"(path \"{part.Path}\") (sheetname \"{part.SheetName}\") (sheetfile \"{part.SheetFile}\")";
        var fields = part.Fields.Select(field => $"(property \"{field.Name}\" {Quote(field.Value)} (at 0 0 0) (layer \"{Side("F.Fab")}\") (hide yes) "
            + $"(uuid \"{Identity.Of("field", part.Reference, field.Name)}\") (effects (font (size 1 1) (thickness 0.15)){Justified}))");
        var items = library.Lists.Where(item => !Dropped.Contains(item.Name)).Select((item, i) => Item(item, i));
        return $"{head} {at} {origin}\n\t\t{string.Join("\n\t\t", fields.Concat(items))}\n\t\t(embedded_fonts no)\n\t)\n";
    }

    private static string Quote(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Number(double value) => (Math.Round(value, 6) + 0.0).ToString("0.######", CultureInfo.InvariantCulture);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private string Justified => place.Back ? " (justify mirror)" : "";

    private string Side(string layer) => !place.Back ? layer : layer[..2] switch
    {
        "F." => $"B.{layer[2..]}",
        "B." => $"F.{layer[2..]}",
        _ => layer,
    };

    private string Item(SExpression item, int index)
    {
        string identity = $" (uuid \"{Identity.Of("item", part.Reference, index)}\")";
        return item.Name switch
        {
            "property" when item.Value is "Reference" => Name(identity),
            "property" when item.Value is "Value" => Written(item, [$"\"{item.Value}\"", Quote(part.Value)], identity, inZone: false),
            "pad" => Written(item, item.WrittenValues, NetOf(item.Value) + identity, inZone: false),
            // The symbol decides what is bought and fitted.
            "attr" => Written(item, [.. item.Values.Where(value => value is not "exclude_from_bom" and not "dnp"), .. part.Attributes], "", inZone: false),
            "zone" => Written(item, item.WrittenValues, identity, inZone: true),
            _ => Written(item, item.WrittenValues, "", inZone: false),
        };
    }

    // Upright beside its part, or on the fabrication layer where there is no room.
    private string Name(string identity)
    {
        var (x, y) = label is { } at ? new Place(0, 0, place.Back ? place.Angle : -place.Angle, place.Back).OnBoard(at.X - place.X, at.Y - place.Y) : (0, 0);
        string size = label is null ? "0.6 0.6" : $"{Number(Labels.Size)} {Number(Labels.Size)}";
        string layer = Side(label is null ? "F.Fab" : "F.SilkS");
        return $"(property \"Reference\" {Quote(part.Reference)} (at {Number(x)} {Mirrored(Number(y))} 0) (layer \"{layer}\")"
            + $"{identity} (effects (font (size {size}) (thickness 0.12)){Justified}))";
    }

    private string NetOf(string pad) => part.NetOn(pad) is { } net ? $" (net {net.Code} {Quote(net.Name)})" : "";

    private string Written(SExpression node, IEnumerable<string> values, string more, bool inZone) =>
        $"({string.Join(' ', [node.Name, .. values, .. Children(node, inZone)])}{more})";

    private IEnumerable<string> Children(SExpression node, bool inZone) =>
        node.Lists.Where(child => child.Name != "uuid").Select(child => Child(node.Name, child, inZone));

    private string Child(string parent, SExpression node, bool inZone)
    {
        string[] values = [.. node.Values];
        switch (node.Name)
        {
            case "layer" or "layers":
                return $"({node.Name} {string.Join(' ', values.Select(layer => $"\"{Side(layer)}\""))})";
            case "xy" when inZone:
                var (x, y) = place.OnBoard(Parse(values[0]), Parse(values[1]));
                return $"(xy {Number(pageX + x)} {Number(pageY + y)})";
            case "start" or "end" or "mid" or "center" or "xy":
            case "offset" when parent == "drill":
                return $"({node.Name} {values[0]} {Mirrored(values[1])})";
            case "at":
                double angle = values.Length > 2 ? Parse(values[2]) : 0;
                double turned = (((place.Back ? -angle : angle) + place.Angle) % 360 + 360) % 360;
                return $"(at {values[0]} {Mirrored(values[1])}{(turned == 0 ? "" : $" {Number(turned)}")})";
            case "chamfer" when place.Back:
                return $"(chamfer {string.Join(' ', values.Select(Opposite))})";
            case "effects" when place.Back:
                return Written(node, node.WrittenValues, Justified, inZone);
            default:
                return Written(node, node.WrittenValues, "", inZone);
        }
    }

    private string Mirrored(string y) => place.Back ? Number(-Parse(y)) : y;

    private static string Opposite(string corner) => corner.StartsWith("top", StringComparison.Ordinal)
        ? corner.Replace("top", "bottom", StringComparison.Ordinal)
        : corner.Replace("bottom", "top", StringComparison.Ordinal);
}
