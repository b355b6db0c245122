using System.Globalization;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>A place on a sheet in steps of KiCad's 50 mil grid (1.27 mm), x to the right, y down.</summary>
internal readonly record struct Point(int X, int Y)
{
    public const double Step = 1.27;

    public Point Right(int steps) => this with { X = X + steps };

    public Point Left(int steps) => this with { X = X - steps };

    public Point Up(int steps) => this with { Y = Y - steps };

    public Point Down(int steps) => this with { Y = Y + steps };

    public override string ToString() => $"{Mm(X * Step)} {Mm(Y * Step)}";

    public static string Mm(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>The side that a pin, label or text faces.</summary>
internal enum Side { Left, Right, Up, Down }
