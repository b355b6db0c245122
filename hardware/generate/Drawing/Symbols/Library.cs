namespace TaxiCredit.Hardware.Generate.Drawing.Symbols;

/// <summary>Every symbol of the project library, by name.</summary>
internal static class Library
{
    public const string Name = "TaxiCredit";

    public static IReadOnlyDictionary<string, Symbol> Symbols { get; } =
        Chips.All().Concat(TwoTerminal.All()).Concat(Marks()).ToDictionary(symbol => symbol.Name);

    private static IEnumerable<Symbol> Marks()
    {
        yield return Rail("+VLED");
        yield return Rail("+3V3");
        yield return Power("GND", "#PWR", new("1", "GND", 0, 0, Side.Up, "power_in", Length: 0),
            Shapes.Poly(false, 0, 0, 0, -1.27, 1.27, -1.27, 0, -2.54, -1.27, -1.27, 0, -1.27));
        yield return Power("PWR_FLAG", "#FLG", new("1", "pwr", 0, 0, Side.Down, "power_out", Length: 0),
            Shapes.Poly(false, 0, 0, 0, 1.27, -1.016, 1.905, 0, 2.54, 1.016, 1.905, 0, 1.27));
        yield return new Symbol("TestPoint", "TP", [new("1", "1", 0, 0, Side.Down, "passive", Length: 1)],
            Shapes.Circle(0, 2.0, 0.75), 1, 2);
    }

    private static Symbol Rail(string name) => Power(name, "#PWR", new("1", name, 0, 0, Side.Down, "power_in", Length: 0),
        Shapes.Lines(-0.762, 1.27, 0, 2.54, 0.762, 1.27) + Shapes.Lines(0, 0, 0, 2.54));

    private static Symbol Power(string name, string prefix, SymbolPin pin, string graphics) =>
        new(name, prefix, [pin], graphics, HalfWidth: 1, HalfHeight: 2) { IsPower = true };
}
