using TaxiCredit.Hardware.Generate.Drawing.Symbols;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>A symbol on a sheet. Turn is counter-clockwise in degrees: 0, 90, 180 or 270.</summary>
/// <param name="Reference">May hold {n}, the number of the light channel, where one sheet is used five times.</param>
internal sealed record Placed(string Reference, Symbol Symbol, Point At, int Turn, PartFields Fields)
{
    public Point this[string pin] => Place(Symbol.Pin(pin));

    public Point Place(SymbolPin pin) => Turn switch
    {
        0 => new Point(At.X + pin.X, At.Y - pin.Y),
        90 => new Point(At.X - pin.Y, At.Y - pin.X),
        180 => new Point(At.X - pin.X, At.Y + pin.Y),
        270 => new Point(At.X + pin.Y, At.Y + pin.X),
        _ => throw new InvalidOperationException($"{Reference} is turned by {Turn}"),
    };

    public bool IsUpright => Turn is 90 or 270;

    public string ReferenceFor(int channel) => Reference.Replace("{n}", $"{channel}", StringComparison.Ordinal);
}

/// <summary>What bom.csv says about a part, as it goes into the symbol's fields.</summary>
internal sealed record PartFields(string Value, string Footprint = "", string Datasheet = "", string Mpn = "",
    string Manufacturer = "", bool Fitted = true, bool InBom = true);

/// <summary>A text on the sheet: a name on a wire, a port to the parent sheet, or a note.</summary>
internal sealed record Named(string Text, Point At, Side Looks);

internal sealed record Port(string Name, Point At, Side Looks, string Direction);

internal sealed record Note(string Text, Point At, double Size);

internal sealed record Wire(Point From, Point To)
{
    /// <summary>True when the point lies on the wire but not at one of its ends.</summary>
    public bool Crosses(Point p) => p != From && p != To
        && ((From.X == To.X && p.X == From.X && Between(p.Y, From.Y, To.Y)) || (From.Y == To.Y && p.Y == From.Y && Between(p.X, From.X, To.X)));

    private static bool Between(int value, int a, int b) => value >= Math.Min(a, b) && value <= Math.Max(a, b);
}

/// <summary>A sheet inside a sheet; pins stand on its left and right edge.</summary>
internal sealed record Child(string Name, string File, Point At, int Width, int Height, IReadOnlyList<Port> Pins, int Channel)
{
    public Point this[string pin] => Pins.First(p => p.Name == pin).At;
}
