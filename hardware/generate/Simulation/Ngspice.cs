using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate.Simulation;

/// <summary>What one run of a deck gave.</summary>
/// <param name="Measured">The deck's measurements by name; one that ngspice failed to take is absent.</param>
/// <param name="Trace">Rows of the curves: time in seconds, then a column for each; empty for a deck that plots none.</param>
internal sealed record SimulationRun(IReadOnlyDictionary<string, double> Measured, IReadOnlyList<double[]> Trace);

/// <summary>Runs a deck in a copy of its folder.</summary>
internal static partial class Ngspice
{
    /// <summary>Measurements and curves in one run.</summary>
    public static SimulationRun Simulate(string folder, Deck deck)
    {
        using var copy = Copy(folder, deck);
        string file = copy[$"{deck.Name}.cir"];
        if (deck.Curves.Count == 0)
            return new SimulationRun(Measure(copy, file), []);
        string expressions = string.Join(' ', deck.Curves.Select(curve => curve.Expression));
        string control = $".control\nset wr_singlescale\nrun\nwrdata trace {expressions}\nquit\n.endc\n.end";
        File.WriteAllText(file, File.ReadAllText(file).Replace("\n.end\n", $"\n{control}\n", StringComparison.Ordinal));
        var measured = Measure(copy, file);
        return new SimulationRun(measured, [.. File.ReadLines(copy["trace"]).Select(Numbers)]);
    }

    /// <summary>Measurements with a fault in the circuit.</summary>
    public static IReadOnlyDictionary<string, double> Measure(string folder, Deck deck, Fault fault)
    {
        using var copy = Copy(folder, deck);
        string file = copy[$"{deck.Name}.cir"];
        Deck.Apply(fault.Changes, file, copy[ComponentValues.FileName]);
        return Measure(copy, file);
    }

    private static TempFolder Copy(string folder, Deck deck) => new TempFolder().CopyFrom(folder, "*.inc").CopyFrom(folder, $"{deck.Name}.cir");

    private static Dictionary<string, double> Measure(TempFolder folder, string file)
    {
        var values = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Measurement().Matches(Run.Tool(folder.Path, "ngspice", "-b", file).Output))
            values[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return values;
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^(\w+)\s+=\s+([-+.\deE]+)", RegexOptions.Multiline)]
    private static partial Regex Measurement();
}
