namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>
/// Where no part may lie, because the housing touches the board there or because the light or the radio needs it. Only a hint for
/// <see cref="Placer"/>: whether the parts fit is checked with slices of the solid.
/// </summary>
internal static class Housed
{
    /// <summary>Right of it neither parts nor copper: the antenna.</summary>
    public const double Antenna = 143.2;

    /// <summary>Above it the street side belongs to the light chambers.</summary>
    public const double Chambers = 36.5;

    /// <summary>Whether a point on the street side, or on the cabin's, is kept free.</summary>
    public static bool Touches(bool back, double x, double y)
    {
        bool Near(double atX, double atY, double radius) => ((x - atX) * (x - atX)) + ((y - atY) * (y - atY)) < radius * radius;
        bool Within(double atX, double atY, double width, double height) => Math.Abs(x - atX) < width / 2 && Math.Abs(y - atY) < height / 2;
        if (x > Antenna || Outline.Screws.Any(hole => Near(hole.X, hole.Y, back ? 5 : 4.1)))
            return true;
        if (!back)
            return y < Chambers || Near(61, 41, 4.4);
        return Enumerable.Range(0, Outline.Channels).Any(i => Near(Outline.ChannelX(i), Outline.PipeRow, 3.4))
            || Near(100, 33, 3.4) || Within(22, 39, 17.2, 16.2);
    }
}
