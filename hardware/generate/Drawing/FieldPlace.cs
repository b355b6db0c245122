namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>Where a part's reference and value are written, so that they do not lie on wires.</summary>
/// <param name="X">Millimetres on the sheet.</param>
/// <param name="FromLeft">True when the text begins at the point, false when it is centred on it.</param>
internal readonly record struct FieldPlace(double X, double Y, bool FromLeft)
{
    public static (FieldPlace Reference, FieldPlace Value) Of(Placed part)
    {
        double x = part.At.X * Point.Step;
        double y = part.At.Y * Point.Step;
        if (part.Symbol.IsPower)
            return (new(x, y, false), new(x, part.Symbol.Name == "GND" ? y + 3.81 : y - 3.56, false));
        if (part.Symbol.IsBox)
        {
            double top = y - ((part.Symbol.HalfHeight + 1) * Point.Step);
            return (new(x, top - 1.9, false), new(x, top + 0.1, false));
        }

        if (part.Symbol.Name == "TestPoint")
            return (new(x, y - 4.6, false), new(x, y - 4.6, false));
        if (part.IsUpright)
            return (new(x + 2.6, y - 1.2, true), new(x + 2.6, y + 1.2, true));
        double above = part.Symbol.Name is "LED" or "Switch" ? 5.2 : 4.5;
        return (new(x, y - above, false), new(x, y - above + 2.15, false));
    }
}
