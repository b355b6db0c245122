using System.Globalization;

namespace TaxiCredit.Hardware.Generate.Netlist;

/// <summary>Reads values as they stand in a schematic or a limit: "4.7k", "22u", "1M", "1.96".</summary>
internal static class Quantity
{
    /// <exception cref="FormatException">The text is not a number with an optional suffix p, n, u, m, k or M.</exception>
    public static double Read(string text)
    {
        double factor = text[^1] switch { 'p' => 1e-12, 'n' => 1e-9, 'u' => 1e-6, 'm' => 1e-3, 'k' => 1e3, 'M' => 1e6, _ => 1 };
        string number = factor == 1 ? text : text[..^1];
        return double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) * factor;
    }
}
