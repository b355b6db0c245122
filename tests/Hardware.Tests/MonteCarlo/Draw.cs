using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.MonteCarlo;

/// <summary>
/// One board off the line at one temperature: every resistor within 1 % and 100 ppm/K, every ceramic within 10 % and 15 % less at both ends of the temperature, every
/// limit of facts.csv somewhere between its least and its most. Uniform draws: real parts are better.
/// </summary>
internal sealed class Draw(Board design, IReadOnlyDictionary<string, TableRow> facts, Random random, double celsius)
{
    private readonly Dictionary<string, double> _values = [];

    public double Celsius { get; } = celsius;

    /// <summary>Resistor, ohm; the same at every question.</summary>
    public double R(string reference) => Once(reference, () => Nominal(reference) * Within(0.01) * (1 + (100e-6 * (Celsius - 25) * Sign())));

    /// <summary>Ceramic capacitor, F.</summary>
    public double C(string reference) => Once(reference, () => Nominal(reference) * Within(0.1) * (Celsius is < 0 or > 85 ? 1 - (0.15 * random.NextDouble()) : 1));

    /// <summary>Aluminium capacitor, F: 20 %, a quarter less in the cold.</summary>
    public double Aluminium(string reference) => Once(reference, () => Nominal(reference) * Within(0.2) * (Celsius < 0 ? 0.75 : 1));

    /// <summary>A fact between its least and its most; where one is missing, 5 % about the typical, or up to a fifth inside the other.</summary>
    /// <param name="index">Tells several parts of one kind apart.</param>
    public double Fact(string id, int index = 0) => Once($"{id}/{index}", () =>
    {
        var fact = facts[id];
        if (fact["typ"] != "" && (fact["min"] == "" || fact["max"] == ""))
            return fact.Number("typ") * Within(0.05);
        if (fact["min"] == "")
            return fact.Number("max") * (1 - (0.2 * random.NextDouble()));
        if (fact["max"] == "")
            return fact.Number("min") * (1 + (0.2 * random.NextDouble()));
        return fact.Number("min") + ((fact.Number("max") - fact.Number("min")) * random.NextDouble());
    });

    private double Nominal(string reference) => Quantity.Read(design.Components[reference].Value);

    private double Within(double share) => 1 + (share * ((2 * random.NextDouble()) - 1));

    private double Sign() => (2 * random.NextDouble()) - 1;

    private double Once(string key, Func<double> draw) => _values.TryGetValue(key, out double value) ? value : _values[key] = draw();
}
