using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>A figure that follows from the board's values, and where it must lie, in its own unit. No number is out of every range.</summary>
internal sealed record ValueCheck(string Name, double Value, double Low, double High)
{
    public bool Holds => Value >= Low && Value <= High;
}

/// <summary>Values of the board's parts by reference, and facts by name. A resistor or inductor that is absent is open; a capacitor holds nothing.</summary>
internal sealed class DesignValues(Board board, IReadOnlyDictionary<string, TableRow> facts)
{
    public double R(string reference) => Of(reference, double.PositiveInfinity);

    public double L(string reference) => Of(reference, double.PositiveInfinity);

    public double C(string reference) => Of(reference, 0);

    public double Fact(string id, string column) => facts[id].Number(column);

    /// <summary>Two resistors side by side, ohm.</summary>
    public double Parallel(string a, string b) => 1 / ((1 / R(a)) + (1 / R(b)));

    /// <summary>What a divider passes on, 0 to 1.</summary>
    public double Ratio(string upper, string lower) => R(lower) / (R(upper) + R(lower));

    private double Of(string reference, double absent) => board.Components.TryGetValue(reference, out var part) ? Quantity.Read(part.Value) : absent;
}
