using System.Globalization;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>The room that a footprint takes, from its library: the courtyard's lines, and the holes that go through to the other side.</summary>
internal sealed class Courtyard
{
    private readonly List<((double X, double Y) From, (double X, double Y) To)> _edges = [];

    private Courtyard()
    {
    }

    /// <summary>Middle and radius of each plated hole with its ring.</summary>
    public IReadOnlyList<(double X, double Y, double Radius)> Holes { get; private set; } = [];

    /// <summary>Middle of each pad by its number; of several, the last.</summary>
    public IReadOnlyDictionary<string, (double X, double Y)> Pads { get; private set; } = new Dictionary<string, (double, double)>();

    public static Courtyard Of(SExpression footprint)
    {
        var courtyard = new Courtyard();
        foreach (var item in footprint.Lists.Where(item => item.TextOf("layer") is "F.CrtYd"))
            courtyard.Add(item);
        var pads = footprint.All("pad").ToList();
        courtyard.Holes = [.. pads.Where(pad => pad.Values.Contains("thru_hole") || pad.Values.Contains("np_thru_hole"))
            .Select(pad => (Point(pad, "at"), Size: pad.One("size").Values.Max(Parse))).Select(pad => (pad.Item1.X, pad.Item1.Y, pad.Size / 2))];
        courtyard.Pads = pads.Where(pad => pad.Value != "").GroupBy(pad => pad.Value).ToDictionary(group => group.Key, group => Point(group.Last(), "at"));
        return courtyard;
    }

    /// <summary>The smallest rectangle around it.</summary>
    public (double Left, double Top, double Right, double Bottom) Box => (
        _edges.Min(edge => Math.Min(edge.From.X, edge.To.X)), _edges.Min(edge => Math.Min(edge.From.Y, edge.To.Y)),
        _edges.Max(edge => Math.Max(edge.From.X, edge.To.X)), _edges.Max(edge => Math.Max(edge.From.Y, edge.To.Y)));

    public bool Contains(double x, double y)
    {
        bool inside = false;
        foreach (var (a, b) in _edges)
            if ((a.Y > y) != (b.Y > y) && x < a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)))
                inside = !inside;
        return inside;
    }

    private void Add(SExpression item)
    {
        switch (item.Name)
        {
            case "fp_line":
                _edges.Add((Point(item, "start"), Point(item, "end")));
                break;
            case "fp_rect":
                var (left, top) = Point(item, "start");
                var (right, bottom) = Point(item, "end");
                Ring([(left, top), (right, top), (right, bottom), (left, bottom)]);
                break;
            case "fp_poly":
                Ring([.. item.One("pts").All("xy").Select(Pair)]);
                break;
            case "fp_circle":
                var (x, y) = Point(item, "center");
                var (onX, onY) = Point(item, "end");
                double radius = Math.Sqrt(((onX - x) * (onX - x)) + ((onY - y) * (onY - y)));
                Ring([.. Enumerable.Range(0, 24).Select(i => (x + (radius * Math.Cos(i * Math.PI / 12)), y + (radius * Math.Sin(i * Math.PI / 12))))]);
                break;
            case "fp_arc":
                _edges.Add((Point(item, "start"), Point(item, "mid")));
                _edges.Add((Point(item, "mid"), Point(item, "end")));
                break;
            default:
                break;
        }
    }

    private void Ring(IReadOnlyList<(double X, double Y)> points)
    {
        for (int i = 0; i < points.Count; i++)
            _edges.Add((points[i], points[(i + 1) % points.Count]));
    }

    private static (double X, double Y) Point(SExpression item, string name) => Pair(item.One(name));

    private static (double X, double Y) Pair(SExpression node) => (Parse(node.Value), Parse(node.Values.ElementAt(1)));

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
