using System.Globalization;

namespace TaxiCredit.Hardware.Generate.Drawing.Symbols;

/// <summary>KiCad's drawing expressions; lengths in millimetres, y up.</summary>
internal static class Shapes
{
    private const string Line = "(stroke (width 0.254) (type default))";

    public static string Rectangle(double x1, double y1, double x2, double y2, bool filled = false) =>
        $"(rectangle (start {Point.Mm(x1)} {Point.Mm(y1)}) (end {Point.Mm(x2)} {Point.Mm(y2)}) {Line} (fill (type {(filled ? "background" : "none")})))";

    public static string Poly(bool filled, params double[] xy)
    {
        var points = Enumerable.Range(0, xy.Length / 2)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"(xy {xy[2 * i]:0.###} {xy[(2 * i) + 1]:0.###})"));
        return $"(polyline (pts {string.Join(' ', points)}) {Line} (fill (type {(filled ? "outline" : "none")})))";
    }

    public static string Lines(params double[] xy) => Poly(false, xy);

    public static string Circle(double x, double y, double radius) =>
        $"(circle (center {Point.Mm(x)} {Point.Mm(y)}) (radius {Point.Mm(radius)}) {Line} (fill (type none)))";

    public static string Arc(double x1, double y1, double xm, double ym, double x2, double y2) =>
        $"(arc (start {Point.Mm(x1)} {Point.Mm(y1)}) (mid {Point.Mm(xm)} {Point.Mm(ym)}) (end {Point.Mm(x2)} {Point.Mm(y2)}) {Line} (fill (type none)))";
}
