using TaxiCredit.Hardware.Generate.Drawing;

namespace TaxiCredit.Hardware.Tests.Drawing;

/// <summary>The space that a text takes on a sheet, in millimetres, estimated from KiCad's stroke font.</summary>
internal readonly record struct TextBox(string Text, double Left, double Top, double Right, double Bottom)
{
    // Average advance of a glyph over the text height, measured on a plot of these sheets.
    private const double Advance = 0.88;

    public bool Overlaps(TextBox other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public static IEnumerable<TextBox> OnSheet(Sheet sheet)
    {
        foreach (var note in sheet.Notes)
        {
            string[] lines = note.Text.Split('\n');
            double x = note.At.X * Point.Step;
            double y = note.At.Y * Point.Step;
            yield return new(note.Text, x, y, x + Width(lines.MaxBy(line => line.Length)!, note.Size), y + (lines.Length * note.Size * 1.62));
        }

        foreach (var label in sheet.Labels)
            yield return Beside(label.Text, label.At, label.Looks, gap: 0, above: 1.9, below: -0.1);
        foreach (var port in sheet.Ports)
            yield return Beside(port.Name, port.At, port.Looks, gap: 1.3, above: 0.7, below: 0.7);
        foreach (var part in sheet.Parts)
        {
            var (reference, value) = FieldPlace.Of(part);
            if (!part.Symbol.IsPower)
                yield return Field(part.ReferenceFor(1), reference);
            if (part.Symbol.Name is not ("PWR_FLAG" or "TestPoint"))
                yield return Field(part.Fields.Fitted ? part.Fields.Value : $"{part.Fields.Value} (not fitted)", value);
        }
    }

    public static IEnumerable<TextBox> Bodies(Sheet sheet) => sheet.Parts.Select(part =>
    {
        var symbol = part.Symbol;
        double halfWidth = (part.IsUpright ? 1 : symbol.HalfWidth) * Point.Step;
        double halfHeight = (part.IsUpright ? symbol.HalfWidth : symbol.IsBox ? symbol.HalfHeight : 1) * Point.Step;
        double x = part.At.X * Point.Step;
        double y = part.At.Y * Point.Step;
        if (symbol.IsPower || symbol.Name == "TestPoint")
            return symbol.Name == "GND" ? new TextBox("GND mark", x - 1.2, y, x + 1.2, y + 2.5) : new TextBox("mark", x - 0.7, y - 2.5, x + 0.7, y);
        return new TextBox($"body of {part.ReferenceFor(1)}", x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    });

    public static IEnumerable<TextBox> Lines(Sheet sheet) => sheet.Wires.Select(wire => new TextBox($"wire {wire.From} to {wire.To}",
        Math.Min(wire.From.X, wire.To.X) * Point.Step, Math.Min(wire.From.Y, wire.To.Y) * Point.Step,
        (Math.Max(wire.From.X, wire.To.X) * Point.Step) + 0.01, (Math.Max(wire.From.Y, wire.To.Y) * Point.Step) + 0.01));

    private static TextBox Field(string text, FieldPlace place)
    {
        double width = Width(text, 1.27);
        double left = place.FromLeft ? place.X : place.X - (width / 2);
        return new(text, left, place.Y - 0.75, left + width, place.Y + 0.75);
    }

    private static TextBox Beside(string text, Point at, Side looks, double gap, double above, double below)
    {
        double x = at.X * Point.Step;
        double y = at.Y * Point.Step;
        double width = Width(text, 1.27);
        return looks == Side.Left
            ? new(text, x - gap - width, y - above, x - gap, y + below)
            : new(text, x + gap, y - above, x + gap + width, y + below);
    }

    private static double Width(string text, double size) => text.Length * size * Advance;
}
