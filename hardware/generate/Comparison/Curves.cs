using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TaxiCredit.Hardware.Generate.Comparison;

/// <summary>
/// For plots of simulations. Another ngspice chooses other time steps, so that the curves are compared as lines, not as texts:
/// no point of one may lie further than <see cref="MaxDistance"/> from the other. All else in the plot must be equal.
/// </summary>
internal static class Curves
{
    /// <summary>In units of the drawing, which is 760 wide and 340 high: about 1 % of the plotted range.</summary>
    public const double MaxDistance = 2;

    private readonly record struct Spot(double X, double Y);

    public static string? Difference(byte[] committed, byte[] generated)
    {
        if (committed.AsSpan().SequenceEqual(generated))
            return null;
        if (Read(committed) is not var (oldCurves, oldFrame))
            return "is not a plot of named curves";
        var (newCurves, newFrame) = Read(generated)!.Value;
        if (!oldCurves.Keys.SequenceEqual(newCurves.Keys))
            return $"plots {string.Join(", ", oldCurves.Keys)}; generated {string.Join(", ", newCurves.Keys)}";
        var changed = from curve in oldCurves
                      let distance = Math.Max(Furthest(curve.Value, newCurves[curve.Key]), Furthest(newCurves[curve.Key], curve.Value))
                      where distance > MaxDistance
                      select string.Create(CultureInfo.InvariantCulture, $"curve {curve.Key} is off by {distance:0.#} units of the drawing");
        string names = string.Join("; ", changed);
        return names != "" ? names : oldFrame != newFrame ? "title, axes or legend differ" : null;
    }

    // Curves by their names in the order of drawing, and everything else as text. Null for a file that is damaged.
    private static (OrderedDictionary<string, Spot[]> Curves, string Frame)? Read(byte[] svg)
    {
        var curves = new OrderedDictionary<string, Spot[]>();
        try
        {
            var drawing = XDocument.Parse(Encoding.UTF8.GetString(svg));
            foreach (var line in drawing.Descendants().Where(element => element.Name.LocalName == "polyline"))
            {
                if (!curves.TryAdd(line.Value, [.. (line.Attribute("points")?.Value ?? "").Split(' ').Select(Parse)]))
                    return null;
                line.SetAttributeValue("points", "");
            }

            return (curves, drawing.ToString());
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            return null;
        }
    }

    private static Spot Parse(string pair)
    {
        return pair.Split(',') is [var x, var y]
            ? new Spot(double.Parse(x, CultureInfo.InvariantCulture), double.Parse(y, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{pair}' is no point");
    }

    private static double Furthest(Spot[] points, Spot[] line) =>
        points.Max(point => line.Zip(line.Skip(1)).Min(piece => Distance(point, piece.First, piece.Second)));

    private static double Distance(Spot point, Spot from, Spot to)
    {
        double dx = to.X - from.X;
        double dy = to.Y - from.Y;
        double length = (dx * dx) + (dy * dy);
        double along = length == 0 ? 0 : Math.Clamp((((point.X - from.X) * dx) + ((point.Y - from.Y) * dy)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(point.X - from.X - (along * dx), 2) + Math.Pow(point.Y - from.Y - (along * dy), 2));
    }
}
