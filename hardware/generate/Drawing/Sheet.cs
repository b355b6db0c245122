using TaxiCredit.Hardware.Generate.Drawing.Symbols;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>One page of the schematic, as a list of what is drawn on it. Coordinates: see <see cref="Point"/>.</summary>
internal sealed class Sheet(string file, string title, PartCatalogue parts)
{
    private int _powerCount;

    public string File { get; } = file;

    public string Title { get; } = title;

    public List<Placed> Parts { get; } = [];

    public List<Wire> Wires { get; } = [];

    public List<Named> Labels { get; } = [];

    public List<Port> Ports { get; } = [];

    public List<Note> Notes { get; } = [];

    public List<Point> NoConnects { get; } = [];

    public List<Child> Children { get; } = [];

    public static Point At(int x, int y) => new(x, y);

    public Placed Part(string reference, string symbol, int x, int y, int turn = 0)
    {
        var placed = new Placed(reference, Library.Symbols[symbol], At(x, y), turn, parts.FieldsOf(reference, symbol));
        Parts.Add(placed);
        return placed;
    }

    /// <summary>Draws straight segments through the points; a diagonal becomes a horizontal and a vertical segment.</summary>
    public void Wire(params Point[] points)
    {
        for (int i = 1; i < points.Length; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            var corner = new Point(b.X, a.Y);
            if (a != corner)
                Wires.Add(new Wire(a, corner));
            if (corner != b)
                Wires.Add(new Wire(corner, b));
        }
    }

    public void Ground(Point at) => Power("GND", at);

    public void Power(string rail, Point at) =>
        Parts.Add(new Placed($"{Library.Symbols[rail].Prefix}{File[0]}{++_powerCount:00}", Library.Symbols[rail], at, 0, new PartFields(rail, InBom: false)));

    /// <summary>Tells KiCad that the net is driven, where the driver is a passive part or the car.</summary>
    public void Driven(Point at) => Power("PWR_FLAG", at);

    public void Label(string name, Point at, Side looks = Side.Right) => Labels.Add(new Named(name, at, looks));

    public void Input(string name, Point at, Side looks = Side.Left) => Ports.Add(new Port(name, at, looks, "input"));

    public void Output(string name, Point at, Side looks = Side.Right) => Ports.Add(new Port(name, at, looks, "output"));

    public void Both(string name, Point at, Side looks) => Ports.Add(new Port(name, at, looks, "bidirectional"));

    public void Unused(params Point[] pins) => NoConnects.AddRange(pins);

    public void Note(int x, int y, params string[] lines) => Notes.Add(new Note(string.Join("\n", lines), At(x, y), Point.Step));

    public void Heading(int x, int y, string text) => Notes.Add(new Note(text, At(x, y), 2));

    /// <summary>
    /// Places a sheet inside this one. Pins are written "y direction NAME", y in steps below the upper edge.
    /// </summary>
    public Child Child(string name, string childFile, int x, int y, int width, int height, string[] left, string[] right, int channel = 0)
    {
        Port PinOf(string text, Side side)
        {
            string[] word = text.Split(' ');
            int down = int.Parse(word[0], System.Globalization.CultureInfo.InvariantCulture);
            return new Port(word[2], At(side == Side.Left ? x : x + width, y + down), side,
                word[1] switch { "in" => "input", "out" => "output", _ => "bidirectional" });
        }

        var child = new Child(name, childFile, At(x, y), width, height,
            [.. left.Select(text => PinOf(text, Side.Left)), .. right.Select(text => PinOf(text, Side.Right))], channel);
        Children.Add(child);
        return child;
    }
}
