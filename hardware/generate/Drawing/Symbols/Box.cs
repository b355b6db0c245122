namespace TaxiCredit.Hardware.Generate.Drawing.Symbols;

/// <summary>
/// Builds rectangular symbols. A pin is written "NUMBER NAME type"; an empty entry leaves a gap. Pins of the left and the
/// right side stand from the top down, <see cref="Pitch"/> steps apart.
/// </summary>
internal static class Box
{
    private const int PinLength = 3;

    public static int Pitch => 3;

    public static Symbol Of(string name, string facts, int halfWidth, string[] left, string[] right, string[] bottom, string prefix = "U")
    {
        int rows = Math.Max(left.Length, right.Length);
        int top = rows * Pitch / 2;
        int bottomEdge = top - (rows * Pitch) - 1;
        var pins = new List<SymbolPin>();
        for (int i = 0; i < left.Length; i++)
            Add(pins, left[i], -halfWidth - PinLength, top - 2 - (i * Pitch), Side.Left);
        for (int i = 0; i < right.Length; i++)
            Add(pins, right[i], halfWidth + PinLength, top - 2 - (i * Pitch), Side.Right);
        for (int i = 0; i < bottom.Length; i++)
            Add(pins, bottom[i], (i * 4) - ((bottom.Length - 1) * 2), bottomEdge - PinLength, Side.Down);
        string graphics = Shapes.Rectangle(-halfWidth * Point.Step, top * Point.Step, halfWidth * Point.Step, bottomEdge * Point.Step, filled: true);
        return new Symbol(name, prefix, pins, graphics, halfWidth, Math.Max(top, -bottomEdge), facts) { IsBox = true, ShowsPinNumbers = true };
    }

    private static void Add(List<SymbolPin> pins, string text, int x, int y, Side side)
    {
        if (text == "")
            return;
        string[] part = text.Split(' ');
        foreach (string number in part[0].Split('+'))
            pins.Add(new SymbolPin(number, part[1], x, y, side, part[2], PinLength, Hidden: number != part[0].Split('+')[0]));
    }
}
