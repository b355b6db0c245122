using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Generate.Simulation;

/// <summary>A limit on a measurement of the deck, in the measurement's own unit.</summary>
internal sealed record Limit(string Name, double Low, double High, string Why);

/// <summary>A change of parameters that models a fault, and the limits that it must break.</summary>
internal sealed record Fault(string Name, IReadOnlyDictionary<string, string> Changes, IReadOnlyList<string> Breaks);

/// <summary>A curve to plot: an ngspice expression and what to call it.</summary>
internal sealed record Curve(string Expression, string Name);

/// <summary>
/// One question to the circuit. The deck is plain ngspice; its lines that begin with <c>*@</c> say what the answer must be:
/// <c>*@ assert NAME LOW HIGH why</c> (with p, n, u, m, k or M), <c>*@ fault NAME PARAM=VALUE … breaks NAME …</c>, <c>*@ plot EXPRESSION|NAME …</c>.
/// </summary>
internal sealed partial class Deck
{
    private Deck(string name, string title)
    {
        Name = name;
        Title = title;
    }

    public string Name { get; }

    public string Title { get; }

    public List<Limit> Limits { get; } = [];

    public List<Fault> Faults { get; } = [];

    public List<Curve> Curves { get; } = [];

    /// <summary>Every deck of a folder, ordered by name.</summary>
    public static IReadOnlyList<Deck> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.cir").Order(StringComparer.Ordinal).Select(Read)];

    private static Deck Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var deck = new Deck(Path.GetFileNameWithoutExtension(path), lines[0]);
        foreach (string line in lines.Where(line => line.StartsWith("*@ ", StringComparison.Ordinal)))
            deck.ReadDirective(line, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return deck;
    }

    /// <summary>Sets parameters wherever a <c>.param</c> line gives them a value.</summary>
    /// <exception cref="InvalidOperationException">No <c>.param</c> line sets one of the names.</exception>
    public static void Apply(IReadOnlyDictionary<string, string> changes, params string[] files)
    {
        foreach (var (name, value) in changes)
        {
            int replaced = 0;
            foreach (string file in files)
            {
                string text = ParameterLine().Replace(File.ReadAllText(file), line =>
                    Regex.Replace(line.Value, $@"\b{name}=\S+", _ => { replaced++; return $"{name}={value}"; }));
                File.WriteAllText(file, text);
            }

            if (replaced == 0)
                throw new InvalidOperationException($"no .param line sets {name}");
        }
    }

    [GeneratedRegex(@"^\.param .*$", RegexOptions.Multiline)]
    private static partial Regex ParameterLine();

    private void ReadDirective(string line, string[] word)
    {
        switch (word[1])
        {
            case "assert":
                Limits.Add(new Limit(word[2], Quantity.Read(word[3]), Quantity.Read(word[4]), string.Join(' ', word.Skip(5))));
                break;
            case "fault":
                int breaks = Array.IndexOf(word, "breaks");
                var changes = word[3..breaks].Select(change => change.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
                Faults.Add(new Fault(word[2], changes, word[(breaks + 1)..]));
                break;
            case "plot":
                Curves.AddRange(word.Skip(2).Select(curve => curve.Split('|')).Select(pair => new Curve(pair[0], pair[1].Replace('_', ' '))));
                break;
            default:
                throw new FormatException($"{Name}: {line}");
        }
    }

}
