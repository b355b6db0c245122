using System.Globalization;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>The copper of one pad on the board: a rectangle with round corners, turned. Millimetres from the board's upper left corner.</summary>
/// <param name="Net">Empty for a pad without one.</param>
/// <param name="Turn">Radians, counter-clockwise as one sees it.</param>
/// <param name="Drill">Of its hole; 0 without.</param>
internal sealed record CopperPad(
    string Part, string Number, string Net, bool Front, bool Back, double X, double Y, double Turn,
    double HalfWidth, double HalfHeight, double Round, double Drill)
{
    private const string NoVias = "no vias";

    public bool IsThrough => Drill > 0;

    /// <summary>How far a point lies from the copper's edge; negative inside.</summary>
    public double Distance(double x, double y)
    {
        double dx = x - X;
        double dy = y - Y;
        double u = Math.Abs((dx * Math.Cos(Turn)) - (dy * Math.Sin(Turn))) - HalfWidth + Round;
        double v = Math.Abs((dx * Math.Sin(Turn)) + (dy * Math.Cos(Turn))) - HalfHeight + Round;
        double outside = Math.Sqrt((Math.Max(u, 0) * Math.Max(u, 0)) + (Math.Max(v, 0) * Math.Max(v, 0)));
        return outside + Math.Min(Math.Max(u, v), 0) - Round;
    }

    public double Reach => Math.Sqrt((HalfWidth * HalfWidth) + (HalfHeight * HalfHeight));

    /// <summary>The pads of a part that have copper, and its bare holes.</summary>
    public static IEnumerable<CopperPad> Of(BoardPart part, SExpression footprint, Place place)
    {
        foreach (var pad in footprint.All("pad"))
        {
            string[] layers = [.. pad.One("layers").Values];
            bool hole = pad.Values.Contains("np_thru_hole");
            bool front = layers.Contains("F.Cu") || layers.Contains("*.Cu");
            bool back = layers.Contains("B.Cu") || layers.Contains("*.Cu");
            if (!front && !back && !hole)
                continue;
            double[] at = [.. pad.One("at").Values.Select(Parse)];
            double[] size = [.. pad.One("size").Values.Select(Parse)];
            if (pad.Values.Contains("custom"))
                size = CustomSize(pad);
            var (x, y) = place.OnBoard(at[0], at[1]);
            double angle = at.Length > 2 ? at[2] : 0;
            double turn = (place.Angle + (place.Back ? -angle : angle)) * Math.PI / 180;
            double least = Math.Min(size[0], size[1]);
            double round = pad.Values.Contains("circle") ? least / 2 : pad.Values.Contains("oval") ? least / 2
                : pad.Values.Contains("roundrect") ? least * Parse(pad.TextOf("roundrect_rratio")) : 0;
            double drill = pad.Values.Contains("thru_hole") || hole ? pad.One("drill").Values.Where(value => value != "oval").Select(Parse).First() : 0;
            yield return new CopperPad(part.Reference, hole ? "" : pad.Value, part.NetOn(pad.Value)?.Name ?? "",
                (place.Back ? back : front) || hole, (place.Back ? front : back) || hole, x, y, turn, size[0] / 2, size[1] / 2, round, drill);
        }
    }

    /// <summary>Where the land pattern wants no via, as pads without number and hole: the rectangles around its keep-out areas.</summary>
    public static IEnumerable<CopperPad> KeepOuts(BoardPart part, SExpression footprint, Place place) =>
        from zone in footprint.All("zone")
        where zone.All("keepout").Any(keep => keep.TextOf("vias") == "not_allowed")
        let points = zone.One("polygon").One("pts").All("xy").Select(point => place.OnBoard(Parse(point.Value), Parse(point.Values.ElementAt(1)))).ToList()
        let left = points.Min(point => point.X)
        let right = points.Max(point => point.X)
        let top = points.Min(point => point.Y)
        let bottom = points.Max(point => point.Y)
        select new CopperPad(part.Reference, NoVias, "", true, true, (left + right) / 2, (top + bottom) / 2, 0, (right - left) / 2, (bottom - top) / 2, 0, 0);

    /// <summary>Whether it is no copper but an area without vias.</summary>
    public bool KeepsViasOut => Number == NoVias;

    // The jumper's pads are anchors with more copper around: the smallest rectangle around all.
    private static double[] CustomSize(SExpression pad)
    {
        double[] size = [.. pad.One("size").Values.Select(Parse)];
        var points = pad.One("primitives").Lists.SelectMany(item => item.Name == "gr_poly" ? item.One("pts").All("xy") : item.Lists)
            .Where(item => item.Name is "xy" or "center" or "end").Select(item => (X: Parse(item.Value), Y: Parse(item.Values.ElementAt(1)))).ToList();
        return [Math.Max(size[0], 2 * points.Max(point => Math.Abs(point.X))), Math.Max(size[1], 2 * points.Max(point => Math.Abs(point.Y)))];
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
