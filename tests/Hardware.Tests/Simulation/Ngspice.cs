using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Tests.Files;
using TaxiCredit.Hardware.Tests.Tools;

namespace TaxiCredit.Hardware.Tests.Simulation;

/// <summary>Runs a deck in a copy of the folder and reads its measurements.</summary>
internal static partial class Ngspice
{
    public static IReadOnlyDictionary<string, double> Measure(Deck deck, Fault? fault = null)
    {
        using var copy = new TempCopy(Deck.Folder);
        string file = Path.Combine(copy.Folder, $"{deck.Name}.cir");
        if (fault is not null)
            Deck.Apply(fault.Changes, file, Path.Combine(copy.Folder, "values.inc"));
        return Read(Run.Tool(copy.Folder, "ngspice", "-b", file).Output);
    }

    /// <returns>One line for each limit that the measurements break or leave without an answer.</returns>
    public static IReadOnlyList<string> Broken(Deck deck, IReadOnlyDictionary<string, double> measured) =>
    [
        .. from limit in deck.Limits
           let value = measured.GetValueOrDefault(limit.Name, double.NaN)
           where !(value >= limit.Low && value <= limit.High)
           select string.Create(CultureInfo.InvariantCulture, $"{limit.Name} = {value:G4}, allowed {limit.Low:G4} to {limit.High:G4} {limit.Why}"),
    ];

    /// <returns>Columns: time, then one for each curve.</returns>
    public static IReadOnlyList<double[]> Trace(Deck deck)
    {
        using var copy = new TempCopy(Deck.Folder);
        string control = $".control\nset wr_singlescale\nrun\nwrdata trace {string.Join(' ', deck.Curves.Select(curve => curve.Expression))}\nquit\n.endc\n.end";
        copy.Edit($"{deck.Name}.cir", text => text.Replace("\n.end\n", $"\n{control}\n", StringComparison.Ordinal));
        Run.Tool(copy.Folder, "ngspice", "-b", $"{deck.Name}.cir");
        return [.. File.ReadLines(Path.Combine(copy.Folder, "trace")).Select(line =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
    }

    private static Dictionary<string, double> Read(string output)
    {
        var values = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Measurement().Matches(output))
            values[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return values;
    }

    [GeneratedRegex(@"^(\w+)\s+=\s+([-+.\deE]+)", RegexOptions.Multiline)]
    private static partial Regex Measurement();
}
