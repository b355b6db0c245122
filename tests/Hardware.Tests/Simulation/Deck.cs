using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.Simulation;

/// <summary>A limit on a measurement of the deck, in the measurement's own unit.</summary>
internal sealed record Limit(string Name, double Low, double High, string Why);

/// <summary>A change of parameters that models a fault, and the limits that it must break.</summary>
internal sealed record Fault(string Name, IReadOnlyDictionary<string, string> Changes, IReadOnlyList<string> Breaks);

/// <summary>A curve to plot: an ngspice expression and what to call it.</summary>
internal sealed record Curve(string Expression, string Name);

/// <summary>
/// One question to the circuit. The deck is plain ngspice; its lines that begin with <c>*@</c> say what the answer must be:
/// <c>*@ assert NAME LOW HIGH why</c>, <c>*@ fault NAME PARAM=VALUE … breaks NAME …</c>, <c>*@ plot EXPRESSION|NAME …</c>.
/// </summary>
internal sealed partial class Deck
{
    private Deck(string name, string title)
    {
        Name = name;
        Title = title;
    }

    public static string Folder { get; } = Path.Combine(Repository.Hardware, "sim");

    public string Name { get; }

    public string Title { get; }

    public List<Limit> Limits { get; } = [];

    public List<Fault> Faults { get; } = [];

    public List<Curve> Curves { get; } = [];

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.cir").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    public static Deck Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.cir"));
        var deck = new Deck(name, lines[0]);
        foreach (string line in lines.Where(line => line.StartsWith("*@ ", StringComparison.Ordinal)))
            deck.ReadDirective(line, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return deck;
    }

    /// <summary>Sets parameters wherever a <c>.param</c> line gives them a value; a name that no line knows is a mistake of the deck.</summary>
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
                Limits.Add(new Limit(word[2], Number(word[3]), Number(word[4]), string.Join(' ', word.Skip(5))));
                break;
            case "fault":
                int breaks = Array.IndexOf(word, "breaks");
                Faults.Add(new Fault(word[2], word[3..breaks].Select(change => change.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]), word[(breaks + 1)..]));
                break;
            case "plot":
                Curves.AddRange(word.Skip(2).Select(curve => curve.Split('|')).Select(pair => new Curve(pair[0], pair[1].Replace('_', ' '))));
                break;
            default:
                throw new FormatException($"{Name}: {line}");
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
